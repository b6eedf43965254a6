import { expect, it } from "vitest";
import type { DriftWindow } from "../../../core/discovery";
import { changeDays, placeOf, runs } from "./series";

const window = (start: string, distance: number | null): DriftWindow => ({ start, distance, transitions: 1, expected: null, high: null });
const series = [window("2026-01-01T00:00:00Z", null), window("2026-01-08T00:00:00Z", 0.2), window("2026-01-15T00:00:00Z", 0.3), window("2026-01-22T00:00:00Z", null), window("2026-01-29T00:00:00Z", 0.1)];

it("breaks where a window has no transitions", () => {
  expect(runs(series)).toEqual([[1, 2], [4]]);
});

it("finds a moment between the starts of windows", () => {
  expect(placeOf("2026-01-15T00:00:00Z", series)).toBe(2);
  expect(placeOf("2026-01-11T12:00:00Z", series)).toBe(1.5);
  expect([placeOf("2025-12-01T00:00:00Z", series), placeOf("2026-03-01T00:00:00Z", series)]).toEqual([0, 4]);
});

it("names every day of change once", () => {
  const change = (since: string) => ({ since }) as never;
  expect(changeDays({ changes: [change("2026-02-01T00:00:00Z"), change("2026-01-10T00:00:00Z"), change("2026-02-01T00:00:00Z")] })).toEqual(["2026-01-10T00:00:00Z", "2026-02-01T00:00:00Z"]);
});
