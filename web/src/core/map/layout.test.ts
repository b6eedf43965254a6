import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { newCard, newLane, newStage, newStep, type Card, type JourneyMap, type Lane } from "./document";
import { FOOT, GAP, layout, LEAST_COLUMN, MOST_COLUMN, PAD, type Layout, type Wishes } from "./layout";
import { cardSlot, edgeAt, laneSlot, nextSlot, slotAt, spanAt, stageSlot, stepSlot, touching } from "./hits";
import { cardsIn, indices, lastBefore, windowOf } from "./window";

export const emptyMap = (stages: JourneyMap["stages"], lanes: Lane[]): JourneyMap => ({
  schema_version: 2, id: "m", name: "M", kind: "current_assumed", status: "draft", life_cycle: null,
  goal: { text: "", start: "", end: "", goal: null }, scope: { persona: null, segment: null }, definition: null, owner: null,
  review: null, languages: [], tags: [], template: null, parent: null, stages, lanes, paths: [], views: [],
});

const wishes = (more: Partial<Wishes> = {}): Wishes => ({
  room: 800, height: () => 40, drawn: () => 0, folded: () => false, hidden: () => false, shows: () => true, ...more,
});

const card = (id: string, given: Partial<Card> = {}) => newCard(id, given);
const twoStages = () => [newStage("A", [newStep("a1"), newStep("a2")]), newStage("B", [newStep("b1"), newStep("b2")])];
const lane = (id: string, cells: Lane["cells"], given: Partial<Lane> = {}) => newLane(id, "text", { cells, ...given });
const sheetOf = (lanes: Lane[], more: Partial<Wishes> = {}): Layout => layout(emptyMap(twoStages(), lanes), wishes(more));
const placedOf = (sheet: Layout, id: string) => sheet.rows.flatMap((row) => row.cards).find((one) => one.card.id === id);

describe("columns", () => {
  it("share the room, and keep the width that a step was given", () => {
    expect(sheetOf([], { room: 1000 }).columns.map((c) => [c.x, c.width])).toEqual([[0, 250], [250, 250], [500, 250], [750, 250]]);
    const stages = twoStages();
    stages[0]!.steps[0]!.width = 400;
    expect(layout(emptyMap(stages, []), wishes({ room: 1000 })).columns.map((c) => c.width)).toEqual([400, 200, 200, 200]);
  });

  it("are neither too narrow to read nor wider than a line of text", () => {
    expect(sheetOf([], { room: 100 }).columns[0]?.width).toBe(LEAST_COLUMN);
    expect(sheetOf([], { room: 9000 }).columns[0]?.width).toBe(MOST_COLUMN);
  });

  it("make stages as wide as their steps", () => {
    expect(sheetOf([], { room: 1000 }).stages).toEqual([
      { id: "A", first: 0, count: 2, x: 0, width: 500 },
      { id: "B", first: 2, count: 2, x: 500, width: 500 },
    ]);
  });
});

describe("cards", () => {
  it("stand below one another, and below what covers their column from the left", () => {
    const sheet = sheetOf([lane("l", { a1: [card("wide", { span: 2 }), card("own")], a2: [card("under")], b1: [card("free")] })]);
    const y = (id: string) => placedOf(sheet, id)?.y;
    expect([y("wide"), y("own"), y("under"), y("free")]).toEqual([PAD, PAD + 40 + GAP, PAD + 40 + GAP, PAD]);
    expect(placedOf(sheet, "wide")?.width).toBe(2 * 200 - 2 * PAD);
    expect(sheet.rows[0]?.height).toBe(PAD + 2 * (40 + GAP) + FOOT);
  });

  it("are cut at the last step", () => {
    expect(placedOf(sheetOf([lane("l", { b2: [card("c", { span: 9 })] })]), "c")?.span).toBe(1);
  });

  it("never lie on one another", () => {
    const cells = fc.array(fc.array(fc.record({ span: fc.integer({ min: 1, max: 5 }), high: fc.integer({ min: 20, max: 90 }) }), { maxLength: 4 }), { minLength: 4, maxLength: 4 });
    fc.assert(
      fc.property(cells, (made) => {
        const high = new Map<string, number>();
        const steps = ["a1", "a2", "b1", "b2"];
        const filled = Object.fromEntries(made.map((cards, i) => [steps[i]!, cards.map(({ span, high: h }, j) => (high.set(`${i}-${j}`, h), card(`${i}-${j}`, { span })))]));
        const sheet = sheetOf([lane("l", filled)], { height: (one) => high.get(one.id) ?? 0 });
        const all = sheet.rows[0]?.cards ?? [];
        for (const a of all) {
          for (const b of all) {
            if (a === b) continue;
            const apart = a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
            expect(apart).toBe(true);
          }
          expect(a.y + a.height).toBeLessThanOrEqual(sheet.rows[0]?.height ?? 0);
        }
      }),
    );
  });
});

describe("lanes", () => {
  it("follow one another; hidden ones take no room, folded ones a line", () => {
    const lanes = [lane("one", {}), lane("gone", {}), lane("shut", { a1: [card("c")] }), lane("high", {}, { height: 300 })];
    const sheet = sheetOf(lanes, { hidden: (id) => id === "gone", folded: (id) => id === "shut" });
    expect(sheet.rows.map((row) => [row.lane.id, row.y, row.height])).toEqual([["one", 0, 64], ["shut", 64, 30], ["high", 94, 300]]);
    expect(sheet.height).toBe(394);
  });

  it("draw above their cards what goes across all columns", () => {
    const sheet = sheetOf([lane("l", { a1: [card("c")] })], { drawn: () => 100 });
    expect(placedOf(sheet, "c")?.y).toBe(100 + PAD);
  });
});

describe("the window", () => {
  const many = layout(
    emptyMap(
      Array.from({ length: 40 }, (_, i) => newStage(`s${i}`, Array.from({ length: 5 }, (_, j) => newStep(`${i}-${j}`)))),
      Array.from({ length: 20 }, (_, i) => lane(`l${i}`, { "0-0": [card(`c${i}`, { span: 3 })] })),
    ),
    wishes({ room: 1000 }),
  );

  it("holds what is in sight and a margin around it", () => {
    const { columns, rows } = windowOf(many, { x: 2000, y: 300, width: 1000, height: 400 }, 0);
    for (let i = 0; i < 200; i++) {
      const { x, width } = many.columns[i]!;
      expect(i >= columns.from && i <= columns.to).toBe(x + width > 2000 && x <= 3000);
    }
    expect(rows.to - rows.from).toBeLessThan(12);
    expect(windowOf(many, { x: 2000, y: 300, width: 1000, height: 400 }, 400).columns.from).toBeLessThan(columns.from);
  });

  it("shows a card that reaches in from the left", () => {
    expect(cardsIn(many.rows[0]!, 2, 8).map((p) => p.card.id)).toEqual(["c0"]);
    expect(cardsIn(many.rows[0]!, 3, 8)).toEqual([]);
  });

  it("keeps what has the focus", () => {
    expect(indices({ from: 3, to: 5 }, 10, 8)).toEqual([3, 4, 5, 8]);
    expect(indices({ from: 3, to: 5 }, 10, 0)).toEqual([0, 3, 4, 5]);
    expect(indices({ from: 3, to: 50 }, 6)).toEqual([3, 4, 5]);
  });

  it("finds by halves what a search from the start finds", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 30 }), fc.integer({ min: -10, max: 900 }), (widths, at) => {
        const starts = widths.map((_, i) => widths.slice(0, i).reduce((a, b) => a + b, 0));
        expect(lastBefore(starts.length, (i) => starts[i]!, at)).toBe(Math.max(0, starts.findLastIndex((s) => s <= at)));
      }),
    );
  });
});

describe("a drop", () => {
  const lanes = [lane("l", { a1: [card("c1"), card("c2")], a2: [card("c3")] }), newLane("p", "path"), lane("m", {})];
  const sheet = sheetOf(lanes);
  const none = new Set<string>();

  it("goes before the card whose middle is above the pointer, not counting what is moved", () => {
    expect(cardSlot(sheet, 50, PAD + 10, none)).toMatchObject({ lane: "l", step: "a1", at: 0, before: "c1" });
    expect(cardSlot(sheet, 50, PAD + 30, none)).toMatchObject({ at: 1, before: "c2" });
    expect(cardSlot(sheet, 50, PAD + 30, new Set(["c1"]))).toMatchObject({ at: 0, of: 1, before: "c2" });
    expect(cardSlot(sheet, 250, 200, none)).toMatchObject({ lane: "m", step: "a2", at: 0, before: null });
  });

  it("cannot go into the path", () => {
    expect(cardSlot(sheet, 50, (sheet.rows[1]?.y ?? 0) + 5, none)).toBeNull();
  });

  it("is carried by arrows through the cell and over the path to the next lane", () => {
    const moved = new Set(["c1"]);
    const start = slotAt(sheet, 0, 0, 0, moved)!;
    const down = nextSlot(sheet, start, "ArrowDown", moved);
    expect(down).toMatchObject({ lane: "l", at: 1, before: null });
    const further = nextSlot(sheet, down, "ArrowDown", moved);
    expect(further).toMatchObject({ lane: "m", step: "a1", at: 0 });
    expect(nextSlot(sheet, further, "ArrowUp", moved)).toMatchObject({ lane: "l", at: 1 });
    expect(nextSlot(sheet, start, "ArrowRight", moved)).toMatchObject({ step: "a2", before: "c3" });
    expect(nextSlot(sheet, start, "ArrowLeft", moved)).toBe(start);
  });

  it("of a step, stage or lane counts places without it", () => {
    expect(stepSlot(sheet, 390, "a1")).toEqual({ stage: "A", at: 1, line: 400 });
    expect(stepSlot(sheet, 410, "a1")).toEqual({ stage: "B", at: 0, line: 400 });
    expect(stageSlot(sheet, 790, "A")).toMatchObject({ at: 1, line: 800 });
    expect(laneSlot(sheet, sheet.height, "l", ["l", "p", "m"])).toMatchObject({ at: 2, line: sheet.height });
    expect(laneSlot(sheet, 2, "m", ["l", "p", "m"])).toMatchObject({ at: 0, line: 0 });
  });

  it("knows what a rectangle touches and which edge is near", () => {
    expect(touching(sheet, 0, 0, 190, 30)).toEqual(["c1"]);
    expect(touching(sheet, 150, 20, 250, 300)).toEqual(["c1", "c2", "c3"]);
    expect([edgeAt(sheet, 90), edgeAt(sheet, 110), edgeAt(sheet, 790)]).toEqual([0, 1, 4]);
    expect([150, 310, 2000].map((x) => spanAt(sheet, placedOf(sheet, "c1")!, x))).toEqual([1, 2, 4]);
  });
});
