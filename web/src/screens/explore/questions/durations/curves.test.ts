import { describe, expect, it } from "vitest";
import type { CurvePoint, DurationsResult } from "../../../../core/types";
import { at, drawn, extended, lastSecond, MOST_CURVES } from "./curves";

const point = (seconds: number, reached: number): CurvePoint => ({ seconds, reached, low: reached - 0.1, high: reached + 0.1, at_risk: 10 });
const curve = [point(10, 0.2), point(40, 0.5)];
const figures = { entered: 10, n: 5, censored: 5, share: 0.5, median_seconds: 40, p90_seconds: 40, curve } as DurationsResult;

describe("a curve at a time", () => {
  it("is what the last arrival before it made of it", () => {
    expect(at(curve, 9)).toBeNull();
    expect(at(curve, 10)?.reached).toBe(0.2);
    expect(at(curve, 39)?.reached).toBe(0.2);
    expect(at(curve, 1000)?.reached).toBe(0.5);
  });
});

describe("a curve in the picture", () => {
  it("begins with nobody and goes on level to the end", () => {
    const line = extended(curve, 100);
    expect(line.map((p) => [p.seconds, p.reached])).toEqual([[0, 0], [10, 0.2], [40, 0.5], [100, 0.5]]);
  });
  it("of nobody is none", () => expect(extended([], 100)).toEqual([]));
});

describe("which curves are drawn", () => {
  const group = (name: string | null, entered: number) => ({ ...figures, name, entered });

  it("is everybody's without groups", () => expect(drawn({ ...figures, groups: [] }).map((d) => d.group)).toEqual([null]));
  it("is those of the largest groups", () => {
    const groups = [group("@other", 99), ...Array.from({ length: 9 }, (_, i) => group(`g${i}`, i))];
    const found = drawn({ ...figures, groups });
    expect(found).toHaveLength(MOST_CURVES);
    expect(found[0]?.group?.name).toBe("g8");
  });
  it("ends with the longest of them", () => {
    expect(lastSecond(drawn({ ...figures, groups: [] }))).toBe(40);
    expect(lastSecond([])).toBe(1);
  });
});
