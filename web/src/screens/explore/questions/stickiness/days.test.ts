import { expect, it } from "vitest";
import { atLeast, usual } from "./days";

const bars = [
  { days: 1, people: 60 },
  { days: 2, people: 30 },
  { days: 7, people: 10 },
];

it("weighs the days by people", () => expect(usual(bars)).toBeCloseTo((60 + 60 + 70) / 100));
it("counts those who come that often or more", () => {
  expect(atLeast(bars, 1)).toBe(1);
  expect(atLeast(bars, 2)).toBe(0.4);
  expect(atLeast(bars, 8)).toBe(0);
});
it("of nobody is nothing", () => expect([usual([]), atLeast([], 1)]).toEqual([0, 0]));
