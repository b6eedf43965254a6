/** Ways merged over their columns: names beneath one another as people mostly meet them, ways on at the right, back at the left. */

import type { GraphEdge, GraphNode, PathsResult } from "../../../../core/types";
import { earliestFirst } from "../../parts/early";
import { linear } from "../../pictures/scale";

export interface PlacedNode extends GraphNode {
  place: number;
  /** Its middle. */
  y: number;
  share: number;
}

export interface PlacedEdge extends GraphEdge {
  id: string;
  kind: "on" | "back" | "again";
  thickness: number;
  path: string;
  /** Arrowhead where it arrives. */
  head: string;
  middle: [x: number, y: number];
}

export interface Graph {
  nodes: PlacedNode[];
  edges: PlacedEdge[];
  height: number;
  /** Left edge and width of the names. */
  left: number;
  wide: number;
}

export const PITCH = 52;
const THICKEST = 22;

export const vertexCell = (name: string): string => `vertex:${JSON.stringify(name)}`;
export const edgeCell = ({ from, to }: GraphEdge): string => `edge:${JSON.stringify([from, to])}`;

/** The names from early to late; the server's own stand at the ends, others before the end. */
export function ordered({ nodes, edges }: Pick<PathsResult, "nodes" | "edges">): GraphNode[] {
  const own = nodes.filter(({ name }) => !name.startsWith("@"));
  const byPeople = [...own].sort((a, b) => b.people - a.people).map(({ name }) => name);
  const between = edges.filter(({ from, to }) => !from.startsWith("@") && !to.startsWith("@"));
  const names = ["@start", ...earliestFirst(byPeople, between, (edge) => edge.count), "@other", "@end"];
  return names.flatMap((name) => nodes.find((node) => node.name === name) ?? []);
}

/** Lays the graph out in `width` pixels. */
export function layoutGraph(result: Pick<PathsResult, "nodes" | "edges" | "people_entered">, width: number): Graph {
  const wide = Math.round(Math.min(300, width * 0.5));
  const left = Math.round((width - wide) / 2);
  const nodes = ordered(result).map((node, place): PlacedNode => ({ ...node, place, y: PITCH * (place + 0.5), share: node.people / Math.max(1, result.people_entered) }));
  const places = new Map(nodes.map((node) => [node.name, node]));
  const most = Math.max(1, ...result.edges.map((edge) => edge.people));
  const reach = linear([0, Math.max(1, nodes.length - 1)], [18, left - THICKEST / 2 - 4]);
  const edges = result.edges.flatMap((edge) => {
    const [from, to] = [places.get(edge.from), places.get(edge.to)];
    if (!from || !to || edge.people === 0) return [];
    const thickness = Math.max(1, (edge.people / most) * THICKEST);
    const kind: PlacedEdge["kind"] = from === to ? "again" : from.place < to.place ? "on" : "back";
    return [{ ...edge, id: edgeCell(edge), kind, thickness, ...arch(from, to, kind, kind === "back" ? left : left + wide, reach(Math.abs(from.place - to.place))) }];
  });
  return { nodes, edges: edges.sort((a, b) => b.people - a.people), height: PITCH * nodes.length, left, wide };
}

/** An arc beside the names, from the lower half of one to the upper half of the other, with its arrowhead. */
function arch(from: PlacedNode, to: PlacedNode, kind: PlacedEdge["kind"], x: number, reach: number): Pick<PlacedEdge, "path" | "head" | "middle"> {
  const out = kind === "back" ? -1 : 1;
  const down = kind === "back" ? -1 : 1;
  const [y0, y1] = [from.y + 8 * down, to.y - 8 * down];
  const far = x + (out * reach * 4) / 3;
  const end = x + out * 7;
  return {
    path: `M${x},${y0}C${far},${y0} ${far},${y1} ${end},${y1}`,
    head: `M${end},${y1 - 4.5}L${x + out},${y1}L${end},${y1 + 4.5}Z`,
    middle: [x + out * reach, (y0 + y1) / 2],
  };
}

/** The node that an arrow key leads to. */
export function beside(nodes: readonly PlacedNode[], name: string, key: string): string {
  const at = nodes.findIndex((node) => node.name === name);
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: nodes.length - 1 }[key];
  return to === undefined ? name : (nodes[to]?.name ?? name);
}
