import { describe, expect, it } from "vitest";
import type { Finding, FrictionResult, Obstacle, ObstaclesResult, Trouble, TroublesResult } from "../../core/obstacles";
import { among, joined, keyOf, places, shown, sourceOf } from "./rows";

const detector = (given: Partial<Obstacle>): Obstacle => ({
  kind: "rage_click", touchpoint: "Click", channel: "web", other: null, count: 12, people: 10, of: 100, share: 0.1, low: 0.06, high: 0.17,
  people_per_month: 2, first: "2026-01-05T00:00:00Z", last: "2026-02-01T00:00:00Z", expected: null, above: 10, above_low: 6, above_high: 17, q: null,
  rank_low: 1, rank_high: 1, within: [], cell: "c", examples: ["e0"], sentence: "s", ...given,
});
const finding = (given: Partial<Finding>): Finding => ({
  touchpoint: "Queue", channel: null, outcome: "drop", hazard_ratio: 2, low: 1.6, high: 2.5, p: 0.001, q: 0.004, shrunk: 1.9, raw_ratio: 1.5, people: 80,
  steps: 90, events: 40, expected: 20, grade: "C", flagged: true, direction: "hinders", help_seeking: false, excess: 19, rank: 1, enough: true, reason: null, ...given,
});
const trouble = (given: Partial<Trouble>): Trouble => ({
  kind: "loop", touchpoint: "Basket", onward: null, within_seconds: 1800, segment: { platform: "ios" }, from: "2026-03-01T00:00:00Z", to: "2026-03-09T00:00:00Z",
  running: false, people: 60, hit: 30, visits: 100, observed: 40, expected: 10, share_during: 0.4, share_usual: 0.1, low: 0.3, high: 0.5, p: 0.01, ...given,
});
const answers = (obstacles: Obstacle[], findings: Finding[] = [], troubles: Trouble[] = []) => ({
  obstacles: { grade: "D", drilldown: "o", obstacles } as unknown as ObstaclesResult,
  friction: { goal: "Order", drilldown: "f", findings } as unknown as FrictionResult,
  troubles: { drilldown: "t", troubles } as unknown as TroublesResult,
});

describe("the joined list", () => {
  it("puts what runs now on top, then the most above the expected", () => {
    const rows = joined(answers([detector({}), detector({ touchpoint: "Big", above: 50, above_low: 40, above_high: 60 })], [finding({})], [trouble({ running: true })]));
    expect(rows.map((row) => row.key)).toEqual(["trouble:loop:Basket:platform=ios:2026-03-01", "rage_click:Big:web", "friction:Queue:drop", "rage_click:Click:web"]);
  });

  it("never lists those who seek help, what helps, or contacts", () => {
    const none = [finding({ help_seeking: true }), finding({ flagged: false, direction: "helps" }), finding({ outcome: "contact" })];
    expect(joined(answers([], none))).toEqual([]);
  });

  it("gives the goals that a hazard costs with the ends of its interval", () => {
    const [drop, convert] = joined(answers([], [finding({}), finding({ outcome: "convert", hazard_ratio: 0.5, low: 0.4, high: 0.8, events: 10, excess: 9 })]));
    expect([drop!.low, drop!.above, drop!.high].map((x) => Number(x.toFixed(6)))).toEqual([15, 19, 24]); // 40 × (1 − 1/1.6), 40 × (1 − 1/2.5)
    expect([convert!.low, convert!.high].map((x) => Number(x.toFixed(6)))).toEqual([2.5, 15]); // 10 × (1/.8 − 1), 10 × (1/.4 − 1)
  });

  it("counts a loop's visits above the usual, and a collapse's below it", () => {
    const [loop, fall] = joined(answers([], [], [trouble({}), trouble({ kind: "conversion", expected: 60, share_during: 0.4 })]));
    expect([loop!.low, loop!.above, loop!.high].map(Math.round)).toEqual([20, 30, 40]);
    expect([fall!.low, fall!.above, fall!.high].map(Math.round)).toEqual([10, 20, 30]);
  });

  it("takes the channel of a touchpoint where the finding knows none", () => {
    expect(joined(answers([], [finding({})]), () => "store")[0]!.channel).toBe("store");
    expect(joined(answers([], [], [trouble({ segment: { channel: "app" } })]), () => "web")[0]!.channel).toBe("app");
  });

  it("opens the very cells of the server", () => {
    const [row] = joined(answers([], [finding({ touchpoint: "Köšarica", people: 2, events: 9 })]));
    expect(row!.cell).toBe('met:["Köšarica",null]');
    expect(row!.examples).toBe('drop:["Köšarica",null]');
  });
});

describe("places", () => {
  it("are certain where intervals lie apart, and ranges where they overlap", () => {
    expect(places([{ low: 90, high: 110 }, { low: 40, high: 60 }, { low: 50, high: 70 }, { low: 1, high: 5 }])).toEqual([[1, 1], [2, 3], [2, 3], [4, 4]]);
  });
  it("of no list are none", () => expect(places([])).toEqual([]));
});

describe("keys", () => {
  it("tell apart what one touchpoint holds, and say where they come from", () => {
    const rows = joined(answers([detector({}), detector({ channel: null })], [finding({}), finding({ outcome: "convert", low: 0.4, high: 0.8, hazard_ratio: 0.5 })], [trouble({}), trouble({ segment: {} })]));
    expect(new Set(rows.map((row) => row.key)).size).toBe(6);
    for (const row of rows) expect(sourceOf(row.key)).toBe(row.evidence.from);
  });
  it("stay the same when numbers change", () => {
    const key = (people: number) => keyOf({ from: "obstacles", found: detector({ people }) });
    expect(key(1)).toBe(key(99));
  });
});

describe("what is shown", () => {
  const rows = joined(answers([detector({}), detector({ kind: "not_found", touchpoint: "Search", last: "2026-05-01T00:00:00Z" })], [finding({})], [trouble({ running: true })]));
  it("is of the chosen kinds and channels, each with the place that it has among all", () => {
    const some = shown(rows, { kinds: ["rage_click", "not_found"], channels: ["web"], sort: "size" });
    expect(some.map((row) => row.kind)).toEqual(["not_found", "rage_click"].sort((a, b) => rows.findIndex((r) => r.kind === a) - rows.findIndex((r) => r.kind === b)));
    expect(some[0]!.places).toEqual(rows.find((row) => row.key === some[0]!.key)!.places);
    expect(shown(rows, { kinds: [], channels: ["phone"], sort: "size" })).toEqual([]);
  });
  it("by date keeps what runs now on top and what has no date last", () => {
    expect(shown(rows, { kinds: [], channels: [], sort: "latest" }).map((row) => row.kind)).toEqual(["loop", "not_found", "rage_click", "drop"]);
  });
  it("offers the commonest kinds first", () => {
    expect(among(joined(answers([detector({}), detector({ touchpoint: "B" }), detector({ kind: "dead_click" })])), "kind")).toEqual(["rage_click", "dead_click"]);
  });
});
