import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Deviation } from "./measured";
import { sidePaths, type Kind, type Rail, type Side } from "./sidepaths";

const rail: Rail = { steps: [100, 300, 500, 700].map((x, i) => ({ id: `s${i}`, x })), y: 92, from: 0, to: 800, above: 92, below: 92 };
const deviation = (kind: Kind, given: Partial<Deviation> = {}): Deviation => ({ kind, step: null, touchpoint: null, after: null, people: 10, count: 10, cell: "c", ...given });
const text = (d: Deviation): string => `${d.touchpoint ?? ""} ${d.people}`;
const one = (d: Deviation): Side => sidePaths([d], rail, text).sides[0]!;
const numbers = (path: string): number[] => path.match(/-?\d+(\.\d+)?/g)!.map(Number);
const ends = (path: string): number[] => [numbers(path)[0]!, numbers(path).at(-2)!];

describe("side paths", () => {
  it("leads over a missing step from its neighbours in the plan", () => {
    const side = one(deviation("missing", { step: "s1", after: "s0" }));
    expect(ends(side.line)).toEqual([100, 500]);
    expect(side.label).toMatchObject({ x: 300 });
    expect(side.label.y).toBeLessThan(rail.y);
    expect(ends(one(deviation("missing", { step: "s0" })).line)).toEqual([0, 300]);
    expect(ends(one(deviation("missing", { step: "s3", after: "s2" })).line)).toEqual([500, 800]);
  });

  it("branches down and back between two steps for what was not planned", () => {
    const side = one(deviation("ad_hoc", { touchpoint: "Call", after: "s1" }));
    expect(ends(side.line)).toEqual([340, 460]);
    expect(side.label.y).toBeGreaterThan(rail.y);
    expect(ends(one(deviation("ad_hoc", { touchpoint: "Call" })).line)).toEqual([20, 80]);
  });

  it("leads back from where an irregular step was done, with an arrowhead at the step", () => {
    const side = one(deviation("irregular", { step: "s1", after: "s3" }));
    expect(ends(side.line)).toEqual([700, 300]);
    expect(numbers(side.head)[2]).toBe(300);
    expect(one(deviation("missing", { step: "s1", after: "s0" })).head).toBe("");
  });

  it("loops at a step that failed", () => {
    const side = one(deviation("failed", { step: "s2", after: "s1" }));
    expect(ends(side.line)).toEqual([500, 500]);
    expect(side.label.x).toBe(500);
    const twice = sidePaths([2, 5].map((people) => deviation("failed", { step: "s2", touchpoint: "Pay", people })), rail, text);
    expect([twice.sides.map((s) => s.deviation.people), twice.left]).toEqual([[5], 1]);
  });

  it("leaves out what the rail does not know and what has no room, and says how many", () => {
    expect(sidePaths([deviation("missing", { step: "gone" })], rail, text)).toEqual({ sides: [], left: 1 });
    const many = Array.from({ length: 9 }, (_, i) => deviation("missing", { step: "s1", after: "s0", people: i + 1 }));
    const drawn = sidePaths(many, rail, text);
    expect(drawn.sides.map((s) => s.deviation.people)).toEqual([9, 8, 7]);
    expect(drawn.left).toBe(6);
  });

  const known = fc.record({
    kind: fc.constantFrom<Kind>("missing", "ad_hoc", "irregular", "failed"), step: fc.constantFrom("s0", "s1", "s2", "s3"),
    after: fc.constantFrom(null, "s0", "s1", "s2", "s3"), people: fc.integer({ min: 1, max: 99_999 }), touchpoint: fc.constantFrom(null, "Call centre", "A very long name of a touchpoint"),
  });

  it("keeps labels apart and inside the room, and draws more people thicker", () => {
    fc.assert(
      fc.property(fc.array(known, { maxLength: 25 }), (given) => {
        const { sides, left } = sidePaths(given.map((d) => deviation(d.kind, d)), rail, text);
        expect(sides.length + left).toBe(given.length);
        for (const [i, { label, width, deviation: d }] of sides.entries()) {
          expect(label.x - label.half).toBeGreaterThanOrEqual(rail.from);
          expect(label.x + label.half).toBeLessThanOrEqual(rail.to);
          expect(Math.abs(label.y - rail.y)).toBeLessThanOrEqual(92);
          for (const other of sides.slice(i + 1)) {
            const apart = Math.abs(label.y - other.label.y) >= 13 || Math.abs(label.x - other.label.x) >= label.half + other.label.half;
            expect(apart).toBe(true);
            expect(other.deviation.people).toBeLessThanOrEqual(d.people);
            if ((d.kind === "failed") === (other.deviation.kind === "failed")) expect(other.width).toBeLessThanOrEqual(width);
          }
        }
      }),
    );
  });
});
