import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { everyNth, fitted, spread, widthOf } from "./rooms";

describe("cutting a text", () => {
  it("leaves what fits", () => expect(fitted("Basket", 200)).toBe("Basket"));
  it("says that something is missing", () => expect(fitted("Zamówienie złożone przez telefon", 90)).toMatch(/^Zam.*…$/));
  it("never exceeds its room unless a letter does", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 80 }), fc.integer({ min: 30, max: 300 }), (text, width) => {
        const cut = fitted(text, width);
        expect(cut === text ? widthOf(cut) : widthOf(cut) - 7.4).toBeLessThanOrEqual(width);
      }),
    );
  });
});

describe("labels of curves", () => {
  it("stay where they are if there is room", () => expect(spread([10, 60], 16, 0, 100)).toEqual([10, 60]));
  it("part when they collide, in their order", () => expect(spread([50, 52, 51], 16, 0, 200)).toEqual([50, 82, 66]));
  it("are pushed back from the end", () => expect(spread([98, 99], 16, 0, 100)).toEqual([84, 100]));
  it("keep their distance and their order", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { minLength: 1, maxLength: 10 }), (wished) => {
        const placed = spread(wished, 16, 0, 200).sort((a, b) => a - b);
        placed.slice(1).forEach((place, i) => expect(place - (placed[i] ?? 0)).toBeGreaterThanOrEqual(16 - 1e-9));
        expect(placed.at(-1)).toBeLessThanOrEqual(200);
      }),
    );
  });
});

it("leaves labels out evenly when they are wider than their places", () => {
  expect(everyNth(40, 60)).toBe(1);
  expect(everyNth(40, 30)).toBe(2);
  expect(everyNth(60, 10)).toBe(8);
});
