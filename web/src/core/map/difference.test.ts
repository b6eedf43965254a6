import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Difference } from "./api";
import { changed, estimate, figureDifferences, marksOf } from "./difference";
import type { Figure, Measured, Proof } from "./measured";

interface Side {
  figure: Partial<Figure>;
  people: number;
}
interface Case {
  name: string;
  before: Side;
  after: Side;
  expected: { field: string; before: number; after: number; low: number; high: number } | null;
}

const cases = JSON.parse(readFileSync(new URL("../../../../tests/cases/comparing/figures.json", import.meta.url), "utf8")) as Case[];
const proof: Proof = { grade: "measured", n: 50, since: null, until: null, last_true: null, freshness: 1 };
const figure = (given: Partial<Figure>): Figure => ({ value: null, unit: "people", n: 0, of: null, low: null, high: null, proof, cell: null, spark: [], change: null, ...given });

describe("figures", () => {
  it.each(cases)("$name", ({ before, after, expected }) => {
    const [a, b] = [before, after].map((side) => estimate(figure(side.figure), side.people));
    const change = a && b ? changed(a, b) : null;
    if (!expected) return expect(change).toBeNull();
    expect(change?.field).toBe(expected.field);
    for (const key of ["before", "after", "low", "high"] as const) expect(change?.[key]).toBeCloseTo(expected[key], 9);
  });

  const measured = (people: number, goesOn: number, cards: Measured["cards"] = {}): Measured =>
    ({ people_in_scope: 1000, stages: { a: { people, goes_on: goesOn } }, steps: {}, cards, emotion: [] }) as unknown as Measured;
  const where = (what: string, id: string): string[] => [what, id];

  it("lists what changed by more than chance, and what only one of the two measures", () => {
    const share = { k: { figure: figure({ value: 0.5, unit: "share", low: 0.4, high: 0.6 }) } } as unknown as Measured["cards"];
    const found = figureDifferences(measured(500, 300), measured(400, 240, share), where);
    expect(found.map((d) => [d.kind, d.id, d.field])).toEqual([["changed", "a", "share"], ["added", "k", "share"]]);
    expect(found[0]).toMatchObject({ before: 0.5, after: 0.4, what: "figure", where: ["stage", "a"] });
    expect(figureDifferences(measured(500, 300, share), measured(505, 300), where).map((d) => d.kind)).toEqual(["removed"]);
    expect(figureDifferences(measured(500, 300), measured(400, 240), () => null)).toEqual([]);
  });

  it("does not differ from itself", () => {
    expect(figureDifferences(measured(500, 300), measured(500, 300), where)).toEqual([]);
  });
});

describe("marks", () => {
  const one = (kind: Difference["kind"], id: string, what: Difference["what"] = "card"): Difference => ({ kind, what, id, where: [], field: null, before: null, after: null, low: null, high: null });

  it("marks each thing once, the newest things most", () => {
    const marks = marksOf([one("moved", "a"), one("changed", "b"), one("added", "b"), one("removed", "c"), one("added", "d", "figure")]);
    expect([...marks]).toEqual([["a", "changed"], ["b", "added"], ["c", "removed"], ["d", "changed"]]);
  });
});
