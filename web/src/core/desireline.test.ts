import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arc, band, branch, curve, descent, edge, even, headroom, loop, stretches, thickness } from "./desireline";

const counts = fc.array(fc.nat({ max: 1_000_000 }), { minLength: 1, maxLength: 10 });
const numbers = (path: string): number[] => [...path.matchAll(/-?\d+(\.\d+)?/g)].map((m) => Number(m[0]));

describe("thickness", () => {
  it("is proportional, and a hair while somebody is there", () => {
    expect(thickness(500, 1000, 80)).toBe(40);
    expect(thickness(1, 1_000_000, 80)).toBe(1.5);
    expect(thickness(0, 1000, 80)).toBe(0);
  });
});

describe("the band", () => {
  it("stays within its room without sway", () => {
    fc.assert(
      fc.property(counts, (people) => {
        const { path } = band(people, 1000, 80, 60);
        const ys = numbers(path).filter((_, i) => i % 2 === 1);
        for (const y of ys) {
          expect(y).toBeGreaterThanOrEqual(20 - 0.01);
          expect(y).toBeLessThanOrEqual(100 + 0.01);
        }
      }),
    );
  });

  it("is as thick as its counts at every stage", () => {
    const shape = band([100, 50, 25], 300, 80, 50);
    expect(shape.knots.map((k) => k.width)).toEqual([80, 40, 20]);
    expect(shape.knots.map((k) => k.x)).toEqual([50, 150, 250]);
    expect(edge(shape, 1, 0, 1) - edge(shape, 1, 0, -1)).toBe(40);
  });

  it("draws nothing that is not a number", () => {
    fc.assert(fc.property(counts, (people) => void expect(band(people, 640, 60, 40, 6).path).not.toMatch(/NaN|Infinity/)));
    expect(band([], 640, 60, 40).path).toBe("");
  });
});

describe("a band with places where nobody counted", () => {
  const spans = [{ x: 0, width: 100 }, { x: 100, width: 300 }, { x: 400, width: 100 }, { x: 500, width: 100 }];

  it("ends at the edge of the stage before and begins at the edge of the stage after", () => {
    const [first, second] = stretches([80, 40, null, 20], spans, 80, 50);
    expect([first?.first, first?.knots.map((k) => k.x)]).toEqual([0, [50, 250]]);
    expect([second?.first, second?.knots]).toEqual([3, [{ x: 550, width: 20 }]]);
    expect(Math.max(...numbers(first?.path ?? "").filter((_, i) => i % 2 === 0))).toBe(400);
    expect(Math.min(...numbers(second?.path ?? "").filter((_, i) => i % 2 === 0))).toBe(500);
  });

  it("is nothing where nobody counted at all", () => {
    expect(stretches([null, null], even(2, 200), 80, 50)).toEqual([]);
    expect(even(2, 200)).toEqual([{ x: 0, width: 100 }, { x: 100, width: 100 }]);
  });
});

describe("the curve between two knots", () => {
  it("starts, ends and is symmetric", () => {
    expect(descent(0)).toBeCloseTo(0, 5);
    expect(descent(1)).toBeCloseTo(1, 5);
    fc.assert(fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (u) => void expect(descent(u) + descent(1 - u)).toBeCloseTo(1, 5)));
  });

  it("never turns back", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 0.99, noNaN: true }), (u) => void expect(descent(u + 0.01)).toBeGreaterThanOrEqual(descent(u))),
    );
  });

  it("is the one that is drawn", () => {
    expect(curve([[0, 0], [100, 10]])).toBe("0 0C50 0 50 10 100 10");
  });
});

it("makes room above for those who skip stages", () => {
  expect(headroom([100, 50, 80], [{ from: 0, to: 2, people: 50 }], 80, 48)).toBe(64);
  expect(headroom([100, 50, 80], [], 80, 48)).toBe(48);
});

it("branches, arcs and loops begin and end where they are told", () => {
  expect(branch(100, 50, 10, 40).startsWith("M100 50C")).toBe(true);
  expect(branch(100, 50, 10, 40)).toMatch(/90 50Z$/);
  expect(arc([10, 60], [200, 80], 5)).toMatch(/^M10 60C.* 200 80$/);
  expect(loop(10, 40, [80, 44], 20).line).toMatch(/^M80 46C.* 10 36$/);
});
