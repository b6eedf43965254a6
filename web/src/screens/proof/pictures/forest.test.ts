import fc from "fast-check";
import { expect, it } from "vitest";
import { placed } from "./forest";

it("places effects of both signs on one scale by hand", () => {
  // the scale runs from −2.24 to 2.24: six hundredths of 4 beyond each end
  const { zero, rows } = placed([{ effect: 1, low: 0, high: 2 }, { effect: -1, low: -2, high: 0, margin: -1 }]);
  expect(zero).toBeCloseTo(50);
  expect(rows[0]?.dot).toBeCloseTo(50 + (1 / 4.48) * 98);
  expect(rows[1]).toEqual({ dot: rows[1]?.margin, from: expect.closeTo(50 - (2 / 4.48) * 98), to: zero, margin: expect.closeTo(50 - (1 / 4.48) * 98) });
});

it("keeps the order of values and stays inside", () => {
  const row = fc.tuple(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: 0, max: 20, noNaN: true }), fc.double({ min: 0, max: 20, noNaN: true })).map(([effect, under, over]) => ({ effect, low: effect - under, high: effect + over }));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 6 }), (rows) => {
      const found = placed(rows);
      for (const at of found.rows) {
        const [from, dot, to] = [at.from ?? NaN, at.dot ?? NaN, at.to ?? NaN];
        expect(1 - 1e-9 <= from && from <= dot && dot <= to && to <= 99 + 1e-9).toBe(true);
      }
      rows.forEach((one, i) => expect(Math.sign(one.effect) * ((found.rows[i]?.dot ?? NaN) - found.zero)).toBeGreaterThanOrEqual(-1e-9));
    }),
  );
});

it("draws nothing of what is not known", () => expect(placed([{ effect: null, low: null, high: null }]).rows).toEqual([{ dot: null, from: null, to: null, margin: null }]));
