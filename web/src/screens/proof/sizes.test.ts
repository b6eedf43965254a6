import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { digitsOf, domainOf, evenDomain, sideOf, toneOf } from "./sizes";

describe("digits of an effect", () => {
  it.each([
    // as the server writes these very intervals: +3.1 pp (−2.7 to +8.8), −1.3 (−2.8 to +0.1), +0.58 (+0.13 to +1.02)
    [-0.0269, 0.0884, "share", 1],
    [-2.758, 0.148, "count", 1],
    [0.1337, 1.0204, "count", 2],
    [-120, 340, "number", 0],
    [0.2, 0.2, "number", 2],
    [null, null, "share", 2],
  ] as const)("of %s to %s as a %s: %s", (low, high, unit, digits) => expect(digitsOf(low, high, unit)).toBe(digits));
});

describe("a scale", () => {
  const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 8 });

  it("holds every value and zero, and has a length", () =>
    fc.assert(
      fc.property(values, (given) => {
        const [low, high] = domainOf(given);
        for (const value of [0, ...given]) expect(low <= value && value <= high).toBe(true);
        expect(high).toBeGreaterThan(low);
      }),
    ));

  it("has zero in its middle where that is asked for", () =>
    fc.assert(
      fc.property(values, (given) => {
        const [low, high] = evenDomain(given);
        expect(low).toBe(-high);
        for (const value of given) expect(Math.abs(value)).toBeLessThanOrEqual(high);
      }),
    ));

  it("leaves out what is not known", () => expect(domainOf([null, undefined, 2], 0)).toEqual([0, 2]));
});

it("takes a side only where the whole interval does", () => {
  expect([sideOf({ low: 0.1, high: 1 }), sideOf({ low: -1, high: -0.1 }), sideOf({ low: 0, high: 1 }), sideOf({ low: null, high: null })]).toEqual([1, -1, 0, 0]);
  expect(toneOf({ low: -2, high: -1 }, "down")).toBe("better");
  expect(toneOf({ low: -2, high: -1 }, "up")).toBe("worse");
  expect(toneOf({ low: -2, high: 1 }, "up")).toBe("open");
});
