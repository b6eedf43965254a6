import { expect, it } from "vitest";
import { atLeast, met } from "./days";

const bars = [
  { days: 1, people: 60 },
  { days: 2, people: 30 },
  { days: 7, people: 10 },
];

it("counts those who come that often or more", () => {
  expect(atLeast(bars, 1)).toBe(1);
  expect(atLeast(bars, 2)).toBe(0.4);
  expect(atLeast(bars, 8)).toBe(0);
});
it("ends at the last day that anybody is there", () => expect(met([...bars, { days: 8, people: 0 }])).toEqual(bars));
it("of nobody is nothing", () => expect(atLeast([], 1)).toBe(0));
