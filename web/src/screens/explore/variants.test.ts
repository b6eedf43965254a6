import { describe, expect, it } from "vitest";
import type { Variant } from "../../core/types";
import { chips, coverageLine, needed, shortened } from "./variants";

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
  it("climbs from nothing to the last cumulative share", () => {
    expect(coverageLine(VARIANTS, 90, 100)).toBe("0.0,100.0 30.0,50.0 60.0,20.0 90.0,10.0");
  });

  it("counts the variants needed", () => {
    expect([0.5, 0.51, 0.9, 0.95].map((s) => needed(VARIANTS, s))).toEqual([1, 2, 3, null]);
  });
});
