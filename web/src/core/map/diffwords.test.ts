import { describe, expect, it } from "vitest";
import type { Difference } from "./api";
import { placeOf, tally, thingOf, told } from "./diffwords";

describe("differences", () => {
  const one: Difference = { kind: "changed", what: "card", id: "k1", where: ["Kupnja", "Košarica", "", "Basket"], field: "tags", before: [], after: ["a", "b"], low: null, high: null };
  it("tells the thing from its place", () => {
    expect(thingOf(one)).toBe("Basket");
    expect(placeOf(one)).toBe("Kupnja › Košarica");
  });
  it("tells values, and the words inside what has none of its own", () => {
    expect([told([]), told(["a", "b"]), told(true), told(0), told({ text: "Reach", start: "", goal: null }), told("")]).toEqual([
      { kind: "nothing" }, { kind: "text", text: "a, b" }, { kind: "yes" }, { kind: "number", number: 0 }, { kind: "text", text: "Reach" }, { kind: "nothing" },
    ]);
  });
  it("counts kinds", () => expect([...tally([one, { ...one, kind: "moved" }, one])]).toEqual([["changed", 2], ["moved", 1]]));
});
