import { describe, expect, it } from "vitest";
import type { FunnelStep } from "../../../../core/types";
import { funnelRows, leaving, narrowing } from "./funnel";

// The loan applications of BPI 2012, within 14 days, as published with the data set.
const PEOPLE = [13087, 7367, 5089, 4993, 2372, 1086];
const STEPS = PEOPLE.map((people, i) => ({ name: `s${i + 1}`, optional: false, people })) as FunnelStep[];

describe("rows of a funnel", () => {
  it("says what is lost between two steps, with its cell", () => {
    const rows = funnelRows(STEPS);
    expect(rows.map((r) => r.drop?.people ?? null)).toEqual([5720, 2278, 96, 2621, 1286, null]);
    expect(rows.map((r) => r.cell)).toEqual(["step:1", "step:2", "step:3", "step:4", "step:5", "step:6"]);
    expect(rows.map((r) => r.drop?.cell)).toEqual(["dropped:2", "dropped:3", "dropped:4", "dropped:5", "dropped:6", undefined]);
    expect(rows[3]!.drop!.share).toBeCloseTo(0.52494, 4);
  });

  it("marks the one largest loss", () => {
    expect(funnelRows(STEPS).map((r) => r.drop?.largest ?? false)).toEqual([true, false, false, false, false, false]);
    expect(funnelRows(STEPS.slice(0, 2))[0]!.drop!.largest).toBe(false);
  });

  it("loses nobody at a step that may be skipped, and the rest at the next that may not", () => {
    const steps = STEPS.slice(0, 4).map((step, i) => (i === 1 ? { ...step, people: 900, optional: true } : step));
    const rows = funnelRows(steps);
    expect(rows.map((r) => r.drop && [r.drop.people, r.drop.from, r.drop.optional])).toEqual([[0, "s1", true], [13087 - 5089, "s1", false], [96, "s3", false], null]);
    expect(rows.map((r) => r.width)).toEqual([1, 1, 5089 / 13087, 4993 / 13087]);
  });

  it("never divides by nobody", () => {
    const none = STEPS.slice(0, 3).map((s) => ({ ...s, people: 0 }));
    expect(funnelRows(none).map((r) => [r.width, r.drop?.share])).toEqual([[0, null], [0, null], [0, undefined]]);
    expect(funnelRows([])).toEqual([]);
  });
});

it("draws the stream from the width before to the width after", () => {
  expect(narrowing(80, 30)).toBe("M0,0H80C80,50 30,50 30,100H0Z");
});

it("lets those who leave open between the stream and the way it had, inside the picture", () => {
  expect(leaving(80, 30, 90)).toBe("M80,0C80,45 90,50 90,100H31.5C31.5,50 80,50 80,0Z");
  expect(leaving(50, 40, 100)).toContain("56,100");
});
