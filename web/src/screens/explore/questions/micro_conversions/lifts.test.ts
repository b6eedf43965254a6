import { describe, expect, it } from "vitest";
import type { MicroConversion } from "../../../../core/types";
import { highestRate, strongest } from "./lifts";

const row = (name: string, before_goal: number, rate_with: number | null, rate_without: number | null) => ({ name, before_goal, rate_with, rate_without }) as MicroConversion;

describe("the small step that goes with the goal most", () => {
  it("has the widest difference, not the highest rate", () => {
    expect(strongest([row("a", 50, 0.9, 0.8), row("b", 50, 0.6, 0.2)])?.name).toBe("b");
  });
  it("is not one of a few people", () => expect(strongest([row("a", 19, 1, 0), row("b", 20, 0.3, 0.2)])?.name).toBe("b"));
  it("is none if all go with less, or nothing is known", () => {
    expect(strongest([row("a", 50, 0.1, 0.2), row("b", 50, null, 0.2)])).toBeNull();
  });
});

it("the axis ends at the highest rate", () => {
  expect(highestRate([row("a", 5, 0.4, 0.7), row("b", 5, null, 0.1)])).toBe(0.7);
  expect(highestRate([])).toBe(0.01);
});
