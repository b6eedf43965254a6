import { describe, expect, it } from "vitest";
import type { Difference } from "../../../core/types";
import { markOf, reach } from "./marks";

// 8 of 20 against 3 of 20, with Newcombe's interval by hand calculation from the two Wilson intervals.
const GIVEN: Difference = { cell: "step:2", label: "Order", a: 8, a_of: 20, b: 3, b_of: 20, difference: 0.25, low: -0.029, high: 0.483 };

describe("marks of differences", () => {
  it("stand on a scale that all of them fit", () => {
    expect(reach([GIVEN])).toBe(0.5);
    expect(reach([{ ...GIVEN, low: -0.004, high: 0.006, difference: 0.001 }])).toBe(0.01);
    expect(reach([])).toBe(0.01);
    expect(reach([{ ...GIVEN, high: 0.97 }])).toBe(1);
  });

  it("have zero in the middle", () => {
    expect(markOf(GIVEN, 0.5)).toEqual({ low: 0.471, high: 0.983, at: 0.75, clear: false });
    expect(markOf({ ...GIVEN, low: 0.01 }, 0.5)?.clear).toBe(true);
    expect(markOf({ ...GIVEN, low: -0.3, high: -0.1, difference: -0.2 }, 0.5)?.clear).toBe(true);
  });

  it("are absent where a side has nobody", () => {
    expect(markOf({ ...GIVEN, difference: null, low: null, high: null }, 0.5)).toBeNull();
  });
});
