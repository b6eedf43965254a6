import { describe, expect, it } from "vitest";
import type { FunnelStep } from "../../../../core/types";
import { highestShare, rates, reachOf } from "./rates";

const steps = [{}, {}, {}] as FunnelStep[];
const periods = [
  { start: "2026-01-05", mature: true, people: [40, 20, 10] },
  { start: "2026-01-12", mature: false, people: [0, 0, 0] },
];

describe("the step in view", () => {
  it("is the wished one", () => expect(reachOf({ steps }, 2)).toBe(2));
  it.each([0, 1, 4])("is the last if %d is none to be reached", (wished) => expect(reachOf({ steps }, wished)).toBe(3));
});

describe("shares over time", () => {
  it("are of those who entered in the period", () => expect(rates(periods, 2).map((r) => r.share)).toEqual([0.5, null]));
  it("have an end of the axis", () => {
    expect(highestShare(rates(periods, 3))).toBe(0.25);
    expect(highestShare([])).toBe(0.01);
  });
});
