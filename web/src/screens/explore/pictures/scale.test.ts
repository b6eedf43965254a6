import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ceiling, linear, niceStep, spanTicks, ticks } from "./scale";

describe("a linear scale", () => {
  it("maps the ends and the middle", () => {
    const y = linear([0, 0.5], [200, 0]);
    expect([y(0), y(0.25), y(0.5)]).toEqual([200, 100, 0]);
  });

  it("has a place for a domain of one value", () => expect(linear([3, 3], [10, 90])(3)).toBe(10));
});

describe("ticks", () => {
  it.each([
    [0, 1, 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [0, 0.34, 4, [0, 0.1, 0.2, 0.3]],
    [0, 1, 4, [0, 0.25, 0.5, 0.75, 1]],
    [0, 9, 4, [0, 5]],
    [-120, 480, 4, [0, 200, 400]],
    [0, 7, 4, [0, 2, 4, 6]],
  ])("are round between %d and %d", (low, high, most, expected) => expect(ticks(low, high, most)).toEqual(expected));

  it("stay inside and are evenly spaced", () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.double({ min: 0.001, max: 1e6, noNaN: true }), (low, span) => {
        const found = ticks(low, low + span, 5);
        const step = niceStep(span, 5);
        expect(found.length).toBeLessThanOrEqual(7);
        for (const tick of found) {
          expect(tick).toBeGreaterThanOrEqual(low - step * 1e-6);
          expect(tick).toBeLessThanOrEqual(low + span + step * 1e-6);
        }
      }),
    );
  });

  it.each([
    [90, 6, [0, 15, 30, 45, 60, 75, 90]],
    [3 * 86_400, 6, [0, 43_200, 86_400, 129_600, 172_800, 216_000, 259_200]],
    [100 * 86_400, 6, [0, 30, 60, 90].map((n) => n * 86_400)],
  ])("of time are spans that people count in: %d s", (seconds, most, expected) => expect(spanTicks(seconds, most)).toEqual(expected));
});

it("ends an axis at a round value not below the data", () => {
  expect(ceiling(0.34)).toBeCloseTo(0.4);
  expect(ceiling(1)).toBe(1);
  expect(ceiling(437)).toBe(500);
});
