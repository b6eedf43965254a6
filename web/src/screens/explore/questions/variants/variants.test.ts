import { describe, expect, it } from "vitest";
import type { Variant } from "../../../../core/types";
import { chips, coveredBy, needed, rankTicks, shortened } from "./variants";

const VARIANTS: Variant[] = [50, 30, 10].map((people, i, all) => ({
  path: ["a"],
  people,
  share: people / 100,
  cumulative_share: all.slice(0, i + 1).reduce((sum, n) => sum + n, 0) / 100,
}));

describe("chips", () => {
  it("folds immediate repeats only", () => {
    expect(chips(["a", "a", "b", "a", "c", "c", "c"])).toEqual([
      { name: "a", times: 2 }, { name: "b", times: 1 }, { name: "a", times: 1 }, { name: "c", times: 3 },
    ]);
    expect(chips([])).toEqual([]);
  });

  it("hides only when that saves more than one chip", () => {
    const all = chips(["a", "b", "c", "d"]);
    expect(shortened(all, 3)).toMatchObject({ hidden: 0 });
    expect(shortened(all, 2)).toEqual({ shown: all.slice(0, 2), hidden: 2 });
  });
});

describe("coverage", () => {
  const coverage = [{ variants: 1, share: 0.5 }, { variants: 2, share: 0.8 }, { variants: 12, share: 1 }];

  it("is exact at its points and straight between them", () => {
    expect([1, 2, 7, 12].map((rank) => coveredBy({ coverage }, rank))).toEqual([0.5, 0.8, 0.9, 1]);
  });

  it("is read at powers of ten and at the end, where there is room", () => {
    expect(rankTicks(1, 300)).toEqual([1]);
    expect(rankTicks(40, 300)).toEqual([1, 10, 40]);
    expect(rankTicks(2286, 660)).toEqual([1, 10, 100, 1000, 2286]);
    expect(rankTicks(2286, 300)).toEqual([1, 10, 100, 2286]);
    expect(rankTicks(1000, 300)).toEqual([1, 10, 100, 1000]);
  });

  it("counts the variants needed", () => {
    expect([0.5, 0.51, 0.9, 0.95].map((s) => needed(VARIANTS, s))).toEqual([1, 2, 3, null]);
  });
});
