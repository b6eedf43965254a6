import { expect, it } from "vitest";
import { walkLine } from "./walkline";

const stage = (name: string): number | null => ({ Ad: 0, Search: 1, Order: 2 })[name] ?? null;

it("goes from left to right, higher with every later stage, and back down with an earlier one", () => {
  const { points, planned } = walkLine(["Ad", "Order", "Search"], stage, 3, 100, 50, 10);
  expect(points.map(({ x, y }) => [x, y])).toEqual([[10, 40], [50, 10], [90, 25]]);
  expect(planned).toEqual({ from: [10, 40], to: [90, 10] });
});

it("stays where it was at a touchpoint without a stage, and says so", () => {
  const { points } = walkLine(["Order", "Odd"], stage, 3, 100, 50, 10);
  expect(points.map(({ y, known }) => [y, known])).toEqual([[10, true], [10, false]]);
});

it("plans nothing without stages, and draws no line of a single touchpoint", () => {
  expect(walkLine(["A", "B", "C"], () => null, 0, 100, 50).planned).toBeNull();
  const alone = walkLine(["Ad"], stage, 3, 100, 50);
  expect([alone.walked, alone.points.map((point) => point.x)]).toEqual(["", [50]]);
});
