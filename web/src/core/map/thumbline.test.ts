import { expect, it } from "vitest";
import { thumbline } from "./thumbline";

it("stands each stage in the middle of its column and strays the same way each time", () => {
  const line = thumbline(["A", "B", "C", "D"], 240, 44);
  expect(line.stops).toEqual([30, 90, 150, 210]);
  expect(thumbline(["A", "B", "C", "D"], 240, 44).way).toBe(line.way);
  expect(thumbline(["A", "B", "C", "E"], 240, 44).way).not.toBe(line.way);
});

it("stays on its strip, whatever the stages are called", () => {
  for (const name of ["", "Zakup", "Žalba", "🛒", "x".repeat(200)]) {
    const heights = (thumbline([name], 100, 40).way.match(/-?[\d.]+/g) ?? []).map(Number).filter((_, i) => i % 2 === 1);
    expect(heights).toHaveLength(8 - 1);
    expect(Math.min(...heights)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...heights)).toBeLessThanOrEqual(40);
  }
});

it("draws nothing where there are no stages", () => expect(thumbline([], 240, 44)).toEqual({ stops: [], way: "" }));
