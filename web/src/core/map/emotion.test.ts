import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { feeling, heightOf, marks, nudged, pieces, placeLabels, runs, valueAt, type Place } from "./emotion";

const room = { top: 10, height: 80 };
const place = (step: string, x: number, value: number | null, low = value, high = value): Place => ({ step, x, value, low, high });

describe("heights", () => {
  it.each([[2, 10], [1, 30], [0, 50], [-1.5, 80], [-2, 90], [-7, 90]])("%d is drawn at %d", (value, y) => expect(heightOf(value, room)).toBe(y));

  it("come back as the nearest quarter", () => {
    expect([10, 50, 53, 56, 90, 400].map((y) => valueAt(y, room))).toEqual([2, 0, -0.25, -0.25, -2, -2]);
    fc.assert(fc.property(fc.integer({ min: -8, max: 8 }), (n) => void expect(valueAt(heightOf(n / 4, room), room)).toBeCloseTo(n / 4)));
  });
});

describe("a hand-set value", () => {
  it("moves by quarters and stops at the ends", () => {
    expect(nudged(0.5, 1)).toBe(0.75);
    expect(nudged(0.5, -4)).toBe(-0.5);
    expect(nudged(1.9, 1)).toBe(2);
    expect(nudged(-2, -1)).toBe(-2);
  });
});

describe("scores", () => {
  it.each([
    [1, { centre: 3, divisor: 1 }, -2],
    [4, { centre: 3, divisor: 1 }, 1],
    [7, { centre: 4, divisor: 1.5 }, 2],
    [10, { centre: 5, divisor: 2.5 }, 2],
    [0, { centre: 5, divisor: 2.5 }, -2],
    [9, { centre: 3, divisor: 1 }, 2],
  ])("%d by %j is %d", (score, formula, emotion) => expect(feeling(score, formula)).toBeCloseTo(emotion));
});

describe("the curve", () => {
  const places = [place("a", 50, 1, 0.5, 1.5), place("b", 150, 0), place("c", 250, null), place("d", 350, -1, -2, 0), place("e", 450, null)];

  it("is one piece per run with evidence", () => {
    expect(runs(places).map((run) => run.map((p) => p.step))).toEqual([["a", "b"], ["d"]]);
    expect(runs([])).toEqual([]);
  });

  it("draws the line through the values and the band around it, and a lone place without a line", () => {
    const [first, second] = pieces(places, room);
    expect(first).toEqual({
      steps: ["a", "b"],
      line: "M50 30C100 30 100 50 150 50",
      band: "M50 20C100 20 100 50 150 50L150 50C100 50 100 40 50 40Z",
    });
    expect(second).toEqual({ steps: ["d"], line: "", band: "M343 50C350 50 350 50 357 50L357 90C350 90 350 90 343 90Z" });
  });

  it("never reaches into a gap", () => {
    const values = fc.array(fc.option(fc.double({ min: -2, max: 2, noNaN: true }), { nil: null, freq: 2 }), { maxLength: 12 });
    fc.assert(
      fc.property(values, (all) => {
        const drawn = pieces(all.map((value, i) => place(String(i), i * 100, value)), room);
        expect(drawn.flatMap((piece) => piece.steps)).toEqual(all.flatMap((value, i) => (value === null ? [] : [String(i)])));
        for (const piece of drawn) {
          const xs = [...piece.line.matchAll(/[MC ](\d+(?:\.\d+)?) -?\d/g)].map((m) => Number(m[1]));
          const [from, to] = [Number(piece.steps[0]) * 100, Number(piece.steps.at(-1)) * 100];
          for (const x of xs) expect(x >= from && x <= to).toBe(true);
          expect(piece.steps.length).toBe(Number(piece.steps.at(-1)) - Number(piece.steps[0]) + 1);
        }
      }),
    );
  });
});

it("gives a step that is two things both words", () => {
  expect([...marks({ peak: "b", lowest: "b", end: "d" })]).toEqual([["b", ["peak", "lowest"]], ["d", ["end"]]]);
  expect(marks({ peak: null, lowest: null, end: null }).size).toBe(0);
});

describe("labels", () => {
  it("stand above the upper half, below the lower half, and inside the picture", () => {
    const placed = placeLabels([{ key: "a", x: 10, y: 20, width: 80 }, { key: "b", x: 200, y: 80, width: 80 }, { key: "c", x: 395, y: 20, width: 80 }], 400, 50);
    expect(placed.map((p) => [p.anchor, p.baseline])).toEqual([["start", 10], ["middle", 98], ["end", 10]]);
  });

  it("move apart where they would meet", () => {
    const [a, b] = placeLabels([{ key: "a", x: 200, y: 30, width: 90 }, { key: "b", x: 240, y: 34, width: 90 }], 500, 50);
    expect((a?.baseline ?? 0) - (b?.baseline ?? 0)).toBeGreaterThanOrEqual(11);
  });
});
