/** Layout of a flow picture: columns of nodes ordered by people, ribbons as thick as the people on them. */

import type { PathLink, PathNode, PathsResult } from "../../../../core/types";

/** The part of the answer that the picture needs. */
export type Paths = Pick<PathsResult, "layers" | "links" | "people_entered" | "anchor_layer">;

export type Kind = "name" | "other" | "start" | "end";

export interface FlowNode {
  id: string;
  layer: number;
  /** Columns after the anchor's, or before it if negative. */
  place: number;
  name: string;
  kind: Kind;
  /** People in the node as the answer counts them: for `@end` everybody who has stopped so far. */
  people: number;
  /** People on ribbons: for `@end` those who stop right here, for `@start` those who begin right here. */
  drawn: number;
  share: number;
  x: number;
  y: number;
  height: number;
}

export interface FlowLink {
  id: string;
  source: string;
  target: string;
  layer: number;
  from: string;
  to: string;
  people: number;
  thickness: number;
  /** Whether it leads from those who only begin or to those who stop. */
  edge: "start" | "end" | null;
  path: string;
  /** A point on it, half of the way. */
  middle: [x: number, y: number];
}

export interface Flow {
  columns: FlowNode[][];
  links: FlowLink[];
  width: number;
  height: number;
  nodeWidth: number;
}

export interface Room {
  width: number;
  /** Height of the whole crowd, in the units of the picture. */
  crowd: number;
  minColumn: number;
  /** Least height that a node and its label take. */
  minSlot: number;
}

const NODE = 10;
const GAP = 10;
const KINDS: Record<string, Kind> = { "@other": "other", "@start": "start", "@end": "end" };

export function nodeId(layer: number, name: string): string {
  return JSON.stringify([layer, name]);
}

/** The drill-down cells of the answer. */
export function nodeCell(node: { layer: number; name: string }): string {
  return `node:${nodeId(node.layer, node.name)}`;
}

export function linkCell(link: { layer: number; from: string; to: string }): string {
  return `link:${JSON.stringify([link.layer, link.from, link.to])}`;
}

const kindOf = (name: string): Kind => KINDS[name] ?? "name";
const isEdge = (name: string): boolean => name === "@start" || name === "@end";
const RANK: Record<Kind, number> = { name: 0, other: 1, start: 2, end: 2 };

function byPeople(a: PathNode, b: PathNode): number {
  const rank = RANK[kindOf(a.name)] - RANK[kindOf(b.name)];
  return rank || b.people - a.people || (a.name < b.name ? -1 : 1);
}

/** Those who had stopped before and only stay so: counted in the columns, not drawn as ribbons. */
function staysOut(link: PathLink): boolean {
  return isEdge(link.from) && isEdge(link.to);
}

function drawnPeople(node: PathNode, links: readonly PathLink[]): number {
  if (!isEdge(node.name)) return node.people;
  const stays = links.filter((l) => {
    if (!staysOut(l)) return false;
    return node.name === "@end" ? l.layer + 1 === node.layer : l.layer === node.layer;
  });
  return node.people - stays.reduce((sum, l) => sum + l.people, 0);
}

function columnOf(nodes: PathNode[], x: number, paths: Paths, room: Room): FlowNode[] {
  const { people_entered: entered, links, anchor_layer: anchor } = paths;
  let y = 0;
  return [...nodes].sort(byPeople).map((node) => {
    const drawn = drawnPeople(node, links);
    const height = entered ? Math.max(1, (drawn / entered) * room.crowd) : 1;
    const share = entered ? node.people / entered : 0;
    const own = { id: nodeId(node.layer, node.name), kind: kindOf(node.name), place: node.layer - anchor };
    const placed = { ...node, ...own, drawn, share, x, y, height };
    y += Math.max(height, room.minSlot) + GAP;
    return placed;
  });
}

function ribbon(x0: number, y0: number, x1: number, y1: number): string {
  const bend = (x1 - x0) / 2;
  return `M${x0},${y0}C${x0 + bend},${y0} ${x1 - bend},${y1} ${x1},${y1}`;
}

function ribbons(paths: Paths, columns: FlowNode[][], room: Room): FlowLink[] {
  const nodes = new Map(columns.flat().map((node, order) => [node.id, { node, order }]));
  const ends = paths.links.flatMap((link) => {
    const source = nodes.get(nodeId(link.layer, link.from));
    const target = nodes.get(nodeId(link.layer + 1, link.to));
    return source && target && !staysOut(link) ? [{ link, source, target }] : [];
  });
  ends.sort((a, b) => a.source.order - b.source.order || a.target.order - b.target.order);
  const out = new Map<string, number>();
  const into = new Map<string, number>();
  const stack = (filled: Map<string, number>, node: FlowNode, thickness: number) => {
    const from = filled.get(node.id) ?? 0;
    filled.set(node.id, from + thickness);
    return node.y + from + thickness / 2;
  };
  return ends.map(({ link, source, target }) => {
    const thickness = (link.people / Math.max(1, paths.people_entered)) * room.crowd;
    const y0 = stack(out, source.node, thickness);
    const y1 = stack(into, target.node, thickness);
    const path = ribbon(source.node.x + NODE, y0, target.node.x, y1);
    const middle: [number, number] = [(source.node.x + NODE + target.node.x) / 2, (y0 + y1) / 2];
    const id = linkCell(link);
    const edge = link.to === "@end" ? "end" : link.from === "@start" ? "start" : null;
    return { id, source: source.node.id, target: target.node.id, ...link, thickness, edge, path, middle };
  });
}

/** Lays the answer out. Columns go with time, left to right; within a column by people, others and stops last. */
export function layoutFlow(paths: Paths, room: Room): Flow {
  const layers = paths.layers.filter((layer) => layer.length > 0);
  const ordered = [...layers].sort((a, b) => (a[0]?.layer ?? 0) - (b[0]?.layer ?? 0));
  const pitch = Math.max(room.minColumn, room.width / Math.max(1, ordered.length));
  const columns = ordered.map((nodes, i) => columnOf(nodes, i * pitch, paths, room));
  const bottoms = columns.flat().map((node) => node.y + Math.max(node.height, room.minSlot));
  return {
    columns,
    links: ribbons(paths, columns, room),
    width: pitch * ordered.length,
    height: Math.max(0, ...bottoms),
    nodeWidth: NODE,
  };
}

/** People per column, as the answer counts them; each equals `people_entered` if the picture reconciles. */
export function columnSums(paths: Paths): number[] {
  return paths.layers.map((layer) => layer.reduce((sum, node) => sum + node.people, 0));
}

export function reconciles(paths: Paths): boolean {
  return columnSums(paths).every((sum) => sum === paths.people_entered);
}

/** The node that an arrow key leads to: up and down in the column, left and right along the thickest ribbon. */
export function neighbour(flow: Flow, id: string, key: string): string {
  const column = flow.columns.find((nodes) => nodes.some((n) => n.id === id)) ?? [];
  const at = column.findIndex((n) => n.id === id);
  const side = { ArrowRight: ["source", "target"], ArrowLeft: ["target", "source"] } as const;
  if (key === "ArrowUp") return column[at - 1]?.id ?? id;
  if (key === "ArrowDown") return column[at + 1]?.id ?? id;
  if (key === "Home") return flow.columns[0]?.[0]?.id ?? id;
  if (key === "End") return flow.columns.at(-1)?.[0]?.id ?? id;
  if (key !== "ArrowRight" && key !== "ArrowLeft") return id;
  const [here, there] = side[key];
  const links = flow.links.filter((l) => l[here] === id).sort((a, b) => b.people - a.people);
  return links[0]?.[there] ?? id;
}
