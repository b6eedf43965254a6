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

export const PITCH = 64;
/** Room for the edges at either half of a name. */
const HALF = 22;

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
  const spans = spansOf(result.edges, new Map(nodes.map((node) => [node.name, node])));
  const ports = portsOf(spans);
  const reach = linear([0, Math.max(1, nodes.length - 1)], [16, left - HALF - 4]);
  const edges = spans.map(({ edge, from, to, kind, far }) => {
    const thickness = Math.max(1, edge.people * ports.scale);
    const ends = [from.y + (ports.out.get(edge) ?? 0), to.y + (ports.into.get(edge) ?? 0)] as const;
    return { ...edge, id: edgeCell(edge), kind, thickness, ...arch(ends, kind === "back" ? left : left + wide, kind === "back" ? -1 : 1, reach(far), thickness) };
  });
  return { nodes, edges: edges.sort((a, b) => b.people - a.people), height: PITCH * nodes.length, left, wide };
}

/** An edge with its ends and how many rows lie between them. */
interface Span {
  edge: GraphEdge;
  from: PlacedNode;
  to: PlacedNode;
  kind: PlacedEdge["kind"];
  far: number;
}

function spansOf(edges: readonly GraphEdge[], places: ReadonlyMap<string, PlacedNode>): Span[] {
  return edges.flatMap((edge) => {
    const [from, to] = [places.get(edge.from), places.get(edge.to)];
    if (!from || !to || edge.people === 0) return [];
    return [{ edge, from, to, kind: from === to ? "again" : from.place < to.place ? "on" : "back", far: Math.abs(from.place - to.place) }];
  });
}

/**
 * Where edges leave and enter, from the middle of their name, so that none lies on another: ways on leave from the lower half and
 * arrive at the upper one, ways back the other way round; the nearer their other end, the nearer to the edge of the name.
 */
function portsOf(spans: readonly Span[]): { scale: number; out: Map<GraphEdge, number>; into: Map<GraphEdge, number> } {
  const sides = new Map<string, Span[]>();
  for (const span of spans) {
    const side = span.kind === "back" ? "left" : "right";
    for (const end of [`out ${side} ${span.from.place}`, `into ${side} ${span.to.place}`]) sides.set(end, [...(sides.get(end) ?? []), span]);
  }
  const fullest = Math.max(1, ...[...sides.values()].map((own) => own.reduce((sum, { edge }) => sum + edge.people, 0)));
  const scale = HALF / fullest;
  const [out, into] = [new Map<GraphEdge, number>(), new Map<GraphEdge, number>()];
  for (const [end, own] of sides) {
    const [ports, down] = end.startsWith("out") ? [out, end.includes("right") ? 1 : -1] : [into, end.includes("right") ? -1 : 1];
    let filled = 0;
    for (const { edge } of own.sort((a, b) => b.far - a.far)) {
      ports.set(edge, down * (2 + filled + (edge.people * scale) / 2));
      filled += edge.people * scale;
    }
  }
  return { scale, out, into };
}

/** An arc beside the names between two heights, with an arrowhead a little wider than itself. */
function arch([y0, y1]: readonly [number, number], x: number, out: 1 | -1, reach: number, thickness: number): Pick<PlacedEdge, "path" | "head" | "middle"> {
  const far = x + (out * reach * 4) / 3;
  const end = x + out * 7;
  const half = thickness / 2 + 3;
  return {
    path: `M${x},${y0}C${far},${y0} ${far},${y1} ${end},${y1}`,
    head: `M${end},${y1 - half}L${x + out * 0.5},${y1}L${end},${y1 + half}Z`,
    middle: [x + out * reach, (y0 + y1) / 2],
  };
}

/** The node that an arrow key leads to. */
export function beside(nodes: readonly PlacedNode[], name: string, key: string): string {
  const at = nodes.findIndex((node) => node.name === name);
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: nodes.length - 1 }[key];
  return to === undefined ? name : (nodes[to]?.name ?? name);
}
