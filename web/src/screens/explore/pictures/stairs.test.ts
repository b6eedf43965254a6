import { describe, expect, it } from "vitest";
import { line, ribbon, stairBand, stairs } from "./stairs";

describe("a stepped line", () => {
  it("stays level until the next point", () => expect(stairs([[0, 100], [10, 80], [30, 50]])).toBe("M0,100H10V80H30V50"));
  it("of nothing is nothing", () => expect(stairs([])).toBe(""));
});

/** The corners that a path of M, L, H, V visits. */
function corners(path: string): [number, number][] {
  let at: [number, number] = [0, 0];
  return [...path.matchAll(/([MLHV])([-\d.,]+)/g)].map(([, command, numbers]) => {
    const [a, b] = (numbers ?? "").split(",").map(Number) as [number, number];
    at = command === "H" ? [a, at[1]] : command === "V" ? [at[0], a] : [a, b];
    return at;
  });
}

it("bands hold both stepped lines and step at the same places", () => {
  const upper: [number, number][] = [[0, 90], [10, 70], [30, 40]];
  const lower: [number, number][] = [[0, 95], [10, 85], [30, 60]];
  const found = corners(stairBand(upper, lower)).map(String);
  for (const corner of [...corners(stairs(upper)), ...corners(stairs(lower))]) expect(found).toContain(String(corner));
  expect(stairBand([], [])).toBe("");
});

describe("a straight line", () => {
  it("leaves a gap where there is nothing", () => expect(line([[0, 1], [2, 3], null, [6, 7], [8, 9]])).toBe("M0,1L2,3M6,7L8,9"));
  it("and its band goes there and back", () => expect(ribbon([[0, 1], [5, 2]], [[0, 9], [5, 8]])).toBe("M0,1L5,2L5,8L0,9Z"));
});
