import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { columnSums, layoutFlow, linkCell, neighbour, nodeCell, nodeId, reconciles, type Paths } from "./flow";

const ROOM = { width: 900, crowd: 200, minColumn: 150, minSlot: 24 };

// Ten people at A; 6 go to B, 3 to C, 1 stops. Of B 4 go to C, 2 stop; of C all 3 stop.
const TEN: Paths = {
  people_entered: 10,
  anchor_layer: 0,
  layers: [
    [{ layer: 0, name: "A", people: 10 }],
    [{ layer: 1, name: "@end", people: 1 }, { layer: 1, name: "C", people: 3 }, { layer: 1, name: "B", people: 6 }],
    [{ layer: 2, name: "@end", people: 6 }, { layer: 2, name: "C", people: 4 }],
  ],
  links: [
    { layer: 0, from: "A", to: "B", people: 6 },
    { layer: 0, from: "A", to: "C", people: 3 },
    { layer: 0, from: "A", to: "@end", people: 1 },
    { layer: 1, from: "B", to: "C", people: 4 },
    { layer: 1, from: "B", to: "@end", people: 2 },
    { layer: 1, from: "C", to: "@end", people: 3 },
    { layer: 1, from: "@end", to: "@end", people: 1 },
  ],
};

/** Walks of a crowd through names, counted the slow way. */
function counted(walks: string[][], depth: number): Paths {
  const layers = new Map<string, number>();
  const links = new Map<string, number>();
  const at = (walk: string[], i: number) => walk[i] ?? "@end";
  const add = (map: Map<string, number>, key: unknown) => map.set(JSON.stringify(key), (map.get(JSON.stringify(key)) ?? 0) + 1);
  for (const walk of walks)
    for (let i = 0; i <= depth; i++) {
      add(layers, [i, at(walk, i)]);
      if (i < depth) add(links, [i, at(walk, i), at(walk, i + 1)]);
    }
  const nodes = [...layers].map(([key, people]) => ({ layer: JSON.parse(key)[0], name: JSON.parse(key)[1], people }));
  return {
    people_entered: walks.length,
    anchor_layer: 0,
    layers: Array.from({ length: depth + 1 }, (_, i) => nodes.filter((n) => n.layer === i)),
    links: [...links].map(([key, people]) => {
      const [layer, from, to] = JSON.parse(key);
      return { layer, from, to, people };
    }),
  };
}

const paths = fc
  .tuple(fc.array(fc.array(fc.constantFrom("B", "C", "@other", "a:b"), { maxLength: 4 }), { minLength: 1, maxLength: 40 }))
  .map(([tails]) => counted(tails.map((tail) => ["A", ...tail]), 4));

describe("layout", () => {
  it("orders columns by people, those who stop last", () => {
    const flow = layoutFlow(TEN, ROOM);
    expect(flow.columns.map((c) => c.map((n) => n.name))).toEqual([["A"], ["B", "C", "@end"], ["C", "@end"]]);
    const [b, c] = flow.columns[1]!;
    expect(b!.height).toBeCloseTo(120);
    expect(c!.y).toBeGreaterThanOrEqual(b!.y + b!.height);
  });

  it("draws only those who stop right here, and tells who has stopped so far", () => {
    const end = layoutFlow(TEN, ROOM).columns[2]!.at(-1)!;
    expect(end).toMatchObject({ name: "@end", people: 6, drawn: 5 });
    expect(layoutFlow(TEN, ROOM).links.some((l) => l.from === "@end")).toBe(false);
  });

  it("mirrors that for those who begin, going backwards", () => {
    const back: Paths = {
      people_entered: 4,
      anchor_layer: 2,
      layers: [
        [{ layer: 0, name: "@start", people: 3 }, { layer: 0, name: "B", people: 1 }],
        [{ layer: 1, name: "@start", people: 1 }, { layer: 1, name: "C", people: 3 }],
        [{ layer: 2, name: "A", people: 4 }],
      ],
      links: [
        { layer: 0, from: "@start", to: "@start", people: 1 },
        { layer: 0, from: "@start", to: "C", people: 2 },
        { layer: 0, from: "B", to: "C", people: 1 },
        { layer: 1, from: "@start", to: "A", people: 1 },
        { layer: 1, from: "C", to: "A", people: 3 },
      ],
    };
    const flow = layoutFlow(back, ROOM);
    expect(flow.columns[0]!.find((n) => n.name === "@start")).toMatchObject({ people: 3, drawn: 2 });
    expect(flow.columns[1]!.find((n) => n.name === "@start")).toMatchObject({ people: 1, drawn: 1, kind: "start" });
    expect(flow.columns.map((column) => column[0]!.place)).toEqual([-2, -1, 0]);
    expect(flow.links.filter((l) => l.edge === "start").map((l) => l.people)).toEqual([2, 1]);
  });

  it("gives every column its room however narrow the screen is", () => {
    const flow = layoutFlow(TEN, { ...ROOM, width: 200 });
    expect(flow.width).toBe(450);
    expect(flow.columns.map((c) => c[0]!.x)).toEqual([0, 150, 300]);
  });

  it("stands an empty answer", () => {
    expect(layoutFlow({ layers: [], links: [], people_entered: 0, anchor_layer: 0 }, ROOM)).toMatchObject({ columns: [], links: [], height: 0 });
  });
});

describe("reconciling", () => {
  it("sums every column to those who entered", () => {
    expect(columnSums(TEN)).toEqual([10, 10, 10]);
    expect(reconciles(TEN)).toBe(true);
    expect(reconciles({ ...TEN, people_entered: 11 })).toBe(false);
  });

  it("fills each node exactly with its ribbons, and no two nodes of a column overlap", () => {
    fc.assert(
      fc.property(paths, (p) => {
        const flow = layoutFlow(p, ROOM);
        expect(reconciles(p)).toBe(true);
        for (const node of flow.columns.flat()) {
          const into = flow.links.filter((l) => l.target === node.id).reduce((sum, l) => sum + l.thickness, 0);
          const expected = (node.drawn / p.people_entered) * ROOM.crowd;
          if (node.layer > 0) expect(into).toBeCloseTo(expected, 6);
        }
        for (const column of flow.columns)
          column.slice(1).forEach((node, i) => expect(node.y).toBeGreaterThanOrEqual(column[i]!.y + column[i]!.height));
      }),
    );
  });
});

describe("walking by keyboard", () => {
  const flow = layoutFlow(TEN, ROOM);
  const walk = (...keys: string[]) => keys.reduce((id, key) => neighbour(flow, id, key), nodeId(0, "A"));

  it("follows the thickest ribbon and the order of the column", () => {
    expect(walk("ArrowRight")).toBe(nodeId(1, "B"));
    expect(walk("ArrowRight", "ArrowDown")).toBe(nodeId(1, "C"));
    expect(walk("ArrowRight", "ArrowDown", "ArrowRight")).toBe(nodeId(2, "@end"));
    expect(walk("End", "ArrowLeft", "ArrowLeft")).toBe(nodeId(0, "A"));
  });

  it("stays where there is no way on", () => {
    expect(walk("ArrowUp", "ArrowLeft", "x")).toBe(nodeId(0, "A"));
  });
});

it("names cells so that any name survives", () => {
  expect(nodeCell({ layer: 2, name: 'a:"b"' })).toBe('node:[2,"a:\\"b\\""]');
  expect(linkCell({ layer: 0, from: "x:y", to: "@end" })).toBe('link:[0,"x:y","@end"]');
});
