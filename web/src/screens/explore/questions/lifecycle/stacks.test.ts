import { describe, expect, it } from "vitest";
import { active, extent, newest, segments } from "./stacks";

const week = { start: "2026-01-05", new: 5, returning: 21, resurrecting: 2, dormant: 9, mature: true };

describe("a period of a life cycle", () => {
  it("stacks those who are there upwards and hangs those who went quiet below", () => {
    expect(segments(week)).toEqual([
      { state: "returning", people: 21, from: 0, to: 21 },
      { state: "resurrecting", people: 2, from: 21, to: 23 },
      { state: "new", people: 5, from: 23, to: 28 },
      { state: "dormant", people: 9, from: -9, to: 0 },
    ]);
  });

  it("is as high as those who were there", () => expect(active(week)).toBe(28));
});

it("a period that is not over has nobody gone quiet yet, and is not the one to speak of", () => {
  const young = { ...week, start: "2026-01-12", dormant: null, mature: false };
  expect(segments(young)[3]).toEqual({ state: "dormant", people: 0, from: -0, to: 0 });
  expect(newest([week, young])).toBe(week);
  expect(newest([young])).toBe(young);
});

it("the axis holds every period", () => {
  expect(extent([week, { ...week, new: 40, dormant: 1 }])).toEqual([-9, 63]);
  expect(extent([])).toEqual([0, 1]);
});
