import { describe, expect, it } from "vitest";
import type { GraphEdge, GraphNode } from "../../../../core/types";
import { beside, edgeCell, layoutGraph, ordered, PITCH, vertexCell } from "./graph";

const node = (name: string, people: number): GraphNode => ({ name, people, events: people });
const edge = (from: string, to: string, people: number): GraphEdge => ({ from, to, people, count: people });

const result = {
  people_entered: 100,
  nodes: [node("@end", 100), node("Order", 30), node("Visit", 100), node("@other", 5), node("Basket", 60)],
  edges: [edge("Visit", "Basket", 60), edge("Basket", "Order", 30), edge("Basket", "Visit", 10), edge("Visit", "Visit", 20), edge("Order", "@end", 30), edge("Visit", "@end", 70), edge("Visit", "Nowhere", 1)],
};

describe("the graph of ways", () => {
  const graph = layoutGraph(result, 800);

  it("goes from early to late, with the server's own names at the end", () => {
    expect(ordered(result).map((n) => n.name)).toEqual(["Visit", "Basket", "Order", "@other", "@end"]);
  });
  it("keeps names apart by a row each", () => expect(graph.nodes.map((n) => n.y)).toEqual([0.5, 1.5, 2.5, 3.5, 4.5].map((row) => row * PITCH)));
  it("tells ways on, back and again apart by their side", () => {
    const kinds = Object.fromEntries(graph.edges.map((e) => [`${e.from}-${e.to}`, e.kind]));
    expect(kinds["Visit-Basket"]).toBe("on");
    expect(kinds["Basket-Visit"]).toBe("back");
    expect(kinds["Visit-Visit"]).toBe("again");
    for (const e of graph.edges) expect(e.kind === "back" ? e.middle[0] < graph.left : e.middle[0] > graph.left + graph.wide).toBe(true);
  });
  it("stays inside its width, on a phone too", () => {
    for (const width of [358, 800]) for (const e of layoutGraph(result, width).edges) {
      expect(e.middle[0] - e.thickness / 2).toBeGreaterThanOrEqual(0);
      expect(e.middle[0] + e.thickness / 2).toBeLessThanOrEqual(width);
    }
  });
  it("draws ways as thick as the people on them", () => {
    const thick = (from: string, to: string) => graph.edges.find((e) => e.from === from && e.to === to)?.thickness ?? 0;
    expect(thick("Visit", "Basket") / thick("Basket", "Order")).toBeCloseTo(2);
  });
  it("leaves out what leads nowhere", () => expect(graph.edges.some((e) => e.to === "Nowhere")).toBe(false));
  it("names the cells of the answer", () => {
    expect(vertexCell('a "b"')).toBe('vertex:"a \\"b\\""');
    expect(edgeCell(edge("Visit", "@end", 1))).toBe('edge:["Visit","@end"]');
  });
  it("is walked by arrow keys", () => {
    expect(beside(graph.nodes, "Basket", "ArrowDown")).toBe("Order");
    expect(beside(graph.nodes, "Visit", "ArrowUp")).toBe("Visit");
    expect(beside(graph.nodes, "Order", "End")).toBe("@end");
  });
});
