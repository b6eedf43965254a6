import { describe, expect, it } from "vitest";
import { alongside, marksBeside, touchedOn } from "./alongside";
import type { Difference } from "./api";
import type { Card, JourneyMap, Lane } from "./document";
import type { Layout } from "./layout";

const difference = (kind: Difference["kind"], id: string): Difference => ({ kind, what: "card", id, where: [], field: null, before: null, after: null, low: null, high: null });
const sheet = (lanes: [string, number, number][], steps: [string, number, number][]): Layout => ({
  rows: lanes.map(([id, y, height]) => ({ lane: { id } as Lane, y, height, folded: false, drawn: 0, cards: [] })),
  columns: steps.map(([id, x, width]) => ({ id, stage: "s", x, width })),
  stages: [], width: 0, height: 0,
});

describe("two versions beside each other", () => {
  it("marks what is gone on the first, what came on the second, and what changed on both", () => {
    const { before, after } = marksBeside([difference("added", "new"), difference("removed", "gone"), difference("changed", "both"), difference("moved", "went")]);
    expect([...before]).toEqual([["gone", "removed"], ["both", "changed"], ["went", "changed"]]);
    expect([...after]).toEqual([["new", "added"], ["both", "changed"], ["went", "changed"]]);
  });

  it("follows by lane and step, not by pixels", () => {
    const then = sheet([["a", 0, 100], ["b", 100, 200]], [["x", 0, 196], ["y", 196, 196]]);
    const now = sheet([["new", 0, 50], ["a", 50, 300], ["b", 350, 120]], [["x", 0, 300], ["y", 300, 100]]);
    expect(alongside(then, now, 206, 130)).toEqual({ x: 310, y: 380 });
    expect(alongside(then, now, 390, 290)).toEqual({ x: 400, y: 470 });
    expect(alongside(now, then, 0, 20)).toEqual({ x: 0, y: 20 });
  });

  it("finds what an action was about: cards with its verdict, then its places on this map", () => {
    const card = (id: string, verdicts: string[]): Card => ({ id, verdicts }) as Card;
    const map = { id: "m", lanes: [{ id: "l", cells: { s: [card("c1", ["a"]), card("c2", ["other"])] } }] } as unknown as JourneyMap;
    const spot = { map: "m", lane: null, step: null, card: null };
    expect(touchedOn(map, "a", [{ ...spot, card: "c1" }, { ...spot, lane: "l", step: "s" }, { ...spot, step: "s" }, spot, { ...spot, map: "elsewhere", step: "q" }])).toEqual(["c1", "l:s", "s"]);
  });
});
