import { expect, it } from "vitest";
import { weeksOf } from "./weeks";

/** `n` days from 2026-03-23, a week before the change and a change of the clocks among them; the treated show the day's number. */
const days = (n: number) => Array.from({ length: n }, (_, i) => ({ day: new Date(Date.UTC(2026, 2, 23 + i)).toISOString().slice(0, 10), treated: i, control: i % 2 ? null : 10 }));

it("means whole weeks on both sides of the change", () => {
  expect(weeksOf(days(16), "2026-03-30")).toEqual([
    { week: -1, treated: 3, control: 10 },
    { week: 0, treated: 10, control: 10 },
  ]);
});

it("has no week that is not whole and no mean of nothing", () => {
  expect(weeksOf(days(6), "2026-03-30")).toEqual([]);
  expect(weeksOf(days(7).map((day) => ({ ...day, control: null })), "2026-03-23")).toEqual([{ week: 0, treated: 3, control: null }]);
});
