import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { labelled, packed, type Dot } from "./packing";
import { radius, rerated, snapped, stepped, toPlace, toRated } from "./scales";

const ROOM = { width: 500, height: 300, margin: 50 };
const half = fc.integer({ min: 2, max: 10 }).map((n) => n / 2);

describe("ratings", () => {
  it("keeps the difference between customers and business while there is room for it", () => {
    expect(rerated(4, 3, 4)).toEqual({ customer_value: 4.5, business_value: 3.5 });
    expect(rerated(5, 3, 4.5)).toEqual({ customer_value: 5, business_value: 4 });
    expect(rerated(1, 4, 1.5)).toEqual({ customer_value: 1, business_value: 2 });
  });
  it("rates both alike where neither was rated, and lets the one that was stand", () => {
    expect(rerated(null, null, 3.5)).toEqual({ customer_value: 3.5, business_value: 3.5 });
    expect(rerated(4, null, 3.5)).toEqual({ customer_value: 4, business_value: 3 });
    expect(rerated(null, 5, 2)).toEqual({ customer_value: 1, business_value: 3 });
  });
  it("always gives the value asked for, in half points from 1 to 5", () => {
    fc.assert(
      fc.property(fc.option(half), fc.option(half), half, (customer, business, value) => {
        const { customer_value: c, business_value: b } = rerated(customer, business, value);
        expect((c + b) / 2).toBe(value);
        for (const one of [c, b]) expect([one >= 1, one <= 5, one * 2 === Math.round(one * 2)]).toEqual([true, true, true]);
      }),
    );
  });
  it("moves by half a point and stops at the ends", () => {
    expect(stepped({ effort: 2, value: 3.25 }, "ArrowUp")).toEqual({ effort: 2, value: 3.75 });
    expect(stepped({ effort: 1, value: 5 }, "ArrowLeft")).toEqual({ effort: 1, value: 5 });
    expect(stepped({ effort: 2, value: 1 }, "ArrowRight")).toEqual({ effort: 2.5, value: 1 });
  });
  it("has little effort at the left, much value at the top, and the way back", () => {
    expect(toPlace({ effort: 1, value: 5 }, ROOM)).toEqual({ x: 50, y: 50 });
    expect(toPlace({ effort: 3, value: 1 }, ROOM)).toEqual({ x: 250, y: 250 });
    expect(toRated(270, 160, ROOM)).toEqual({ effort: 3, value: 3 });
    expect(toRated(-40, 900, ROOM)).toEqual({ effort: 1, value: 1 });
    fc.assert(fc.property(half, half, (effort, value) => {
      const at = toPlace({ effort, value }, ROOM);
      expect(toRated(at.x, at.y, ROOM)).toEqual({ effort, value });
    }));
    expect(snapped(2.74)).toBe(2.5);
  });
  it("draws four times the people with twice the radius", () => {
    expect(radius(100, 400, 5, 40)).toBe(20);
    expect(radius(400, 400, 5, 40)).toBe(40);
    expect([radius(null, 400, 5, 40), radius(1, 400, 5, 40), radius(3, 0, 5, 40)]).toEqual([5, 5, 5]);
  });
});

const dots = fc.array(fc.record({ x: fc.integer({ min: 50, max: 450 }), y: fc.integer({ min: 50, max: 250 }), r: fc.integer({ min: 10, max: 30 }) }), { maxLength: 30 })
  .map((all): Dot[] => all.map((dot, i) => ({ id: `d${i}`, ...dot })));

describe("packing", () => {
  it("leaves alone what covers nothing, and moves the smaller of two", () => {
    const found = packed([{ id: "a", x: 100, y: 100, r: 20 }, { id: "b", x: 110, y: 100, r: 10 }, { id: "c", x: 300, y: 100, r: 20 }], 500, 300, 80);
    expect([found.places.get("a"), found.places.get("c")]).toEqual([{ x: 100, y: 100 }, { x: 300, y: 100 }]);
    expect(found.places.get("b")).not.toEqual({ x: 110, y: 100 });
  });
  it("lists what finds no room", () => {
    const same = Array.from({ length: 9 }, (_, i) => ({ id: `d${i}`, x: 40, y: 40, r: 20 }));
    const { places, left } = packed(same, 80, 80, 60);
    expect(places.size).toBeGreaterThan(0);
    expect(left.length).toBe(9 - places.size);
    expect(left.length).toBeGreaterThan(4);
  });
  it("never lets two overlap, nor one leave the room or go further than its reach", () => {
    fc.assert(
      fc.property(dots, (all) => {
        const { places, left } = packed(all, 500, 300, 60);
        expect(places.size + left.length).toBe(all.length);
        const drawn = all.flatMap((dot) => { const at = places.get(dot.id); return at ? [{ ...dot, ...at, far: Math.hypot(at.x - dot.x, at.y - dot.y) }] : []; });
        for (const [i, a] of drawn.entries()) {
          expect(a.far).toBeLessThanOrEqual(60.001);
          expect([a.x - a.r >= 0, a.x + a.r <= 500, a.y - a.r >= 0, a.y + a.r <= 300]).toEqual([true, true, true, true]);
          for (const b of drawn.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThanOrEqual(a.r + b.r);
        }
      }),
      { numRuns: 60 },
    );
  });
  it("does not depend on the order given", () => {
    fc.assert(
      fc.property(dots, (all) => {
        expect(packed([...all].reverse(), 500, 300, 60).places).toEqual(packed(all, 500, 300, 60).places);
      }),
      { numRuns: 30 },
    );
  });
  it("writes titles beside dots, on the other side where the first is taken, and nowhere where both are", () => {
    const size = { width: 60, height: 20 };
    const room = { width: 200, height: 60 };
    const found = labelled([{ id: "a", x: 30, y: 30, r: 10 }, { id: "b", x: 190, y: 30, r: 10 }], new Map([["a", size], ["b", size]]), room);
    expect(found.get("a")?.x).toBe(45);
    expect(found.get("b")?.x).toBe(115);
    expect(labelled([{ id: "a", x: 30, y: 30, r: 10 }], new Map([["a", { width: 300, height: 20 }]]), room).size).toBe(0);
  });
});
