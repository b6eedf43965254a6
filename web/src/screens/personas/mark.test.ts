import { expect, it } from "vitest";
import { markOf } from "./mark";

it("draws the same mark for the same card, and others for others", () => {
  const ids = ["persona-8fd89ab92f", "persona-0b6ec09336", "persona-e5c4fb427a", "persona-0b6ec09337"];
  expect(markOf(ids[0]!)).toBe(markOf(ids[0]!));
  expect(new Set(ids.map(markOf)).size).toBe(ids.length);
});

it("stays inside its square and starts and ends on the plan", () => {
  for (const id of ["a", "b", "persona-1", "persona-2", "żółć"]) {
    const numbers = markOf(id).match(/-?\d+(\.\d+)?/g)!.map(Number);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(96);
    expect([numbers[1], numbers.at(-1)]).toEqual([48, 48]);
  }
});
