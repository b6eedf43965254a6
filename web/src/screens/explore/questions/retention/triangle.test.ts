import { describe, expect, it } from "vitest";
import { later, triangle } from "./triangle";

const cohorts = [
  { start: "2026-01-05", name: null, people: 10, old_enough: [10, 10, 8], returned: [10, 5, 2] },
  { start: "2026-01-12", name: null, people: 4, old_enough: [4, 4, 0], returned: [4, 1, null] },
  { start: "2026-01-19", name: null, people: 0, old_enough: [0], returned: [0] },
];

describe("the triangle", () => {
  const rows = triangle(cohorts);

  it("shares those of the cohort who are old enough", () => expect(rows[0]?.cells.map((c) => c?.share)).toEqual([1, 0.5, 0.25]));
  it("names the cell that opens the people", () => expect(rows[1]?.cells[1]?.cell).toBe("returned:[1,1]"));
  it("leaves open what is not over yet, said or not said", () => {
    expect(rows[1]?.cells[2]).toBeNull();
    expect(rows[2]?.cells.slice(1)).toEqual([null, null]);
  });
  it("heats by the highest return, not by the start", () => expect(rows.map((r) => r.cells[1]?.heat)).toEqual([1, 0.5, undefined]));
  it("divides by nobody without a fault", () => expect(rows[2]?.cells[0]?.share).toBe(0));
});

describe("the whole", () => {
  const period = (n: number, people: number) => ({ period: n, label: null, people, returned: 1, share: 1 / people, low: 0, high: 1 });

  it("is about what comes after the start", () => expect(later([period(0, 14), period(1, 14), period(2, 0)]).map((p) => p.period)).toEqual([1]));
});
