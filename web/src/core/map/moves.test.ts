import { describe, expect, it } from "vitest";
import { applyAll } from "./commands";
import { newCard, newLane, newStage, newStep, type JourneyMap, type LibraryItem } from "./document";
import { withDraft } from "./draft";
import { cardSlot } from "./hits";
import { layout } from "./layout";
import { matcher } from "./match";
import { duplicateThings, moveCards, moveEdge, nudge, removeThings } from "./moves";

const map: JourneyMap = {
  schema_version: 2, id: "m", name: "M", kind: "current_assumed", status: "draft", life_cycle: null,
  goal: { text: "", start: "", end: "", goal: null }, scope: { persona: null, segment: null }, definition: null, owner: null,
  review: null, languages: [], tags: [], template: null, parent: null, paths: [], views: [],
  stages: [newStage("A", [newStep("a1"), newStep("a2"), newStep("a3", { name: "third" })]), newStage("B", [newStep("b1"), newStep("b2")])],
  lanes: [
    newLane("l", "text", { cells: { a1: [newCard("c1", { tags: ["x"] }), newCard("c2"), newCard("c3")], a2: [newCard("c4", { owner: "Ana" })] } }),
    newLane("m", "text", { cells: { b1: [newCard("c5")] } }),
  ],
};
const after = (commands: ReturnType<typeof moveCards>): JourneyMap => applyAll(map, commands).map;
const cell = (of: JourneyMap, lane: string, step: string) => (of.lanes.find((l) => l.id === lane)?.cells[step] ?? []).map((c) => c.id);
const steps = (of: JourneyMap) => of.stages.map((s) => [s.id, ...s.steps.map((step) => step.id)].join(" "));
let made = 0;
const id = () => `new${(made += 1)}`;

describe("moving cards", () => {
  it("keeps the order of those from one cell, wherever they are dropped", () => {
    const down = after(moveCards(map, new Set(["c1", "c2"]), "c2", { lane: "l", step: "a1", before: null }));
    expect(cell(down, "l", "a1")).toEqual(["c3", "c1", "c2"]);
    const other = after(moveCards(map, new Set(["c3", "c1"]), "c1", { lane: "m", step: "b1", before: "c5" }));
    expect(cell(other, "m", "b1")).toEqual(["c1", "c3", "c5"]);
    expect(cell(other, "l", "a1")).toEqual(["c2"]);
  });

  it("takes those of other cells as far along, and stops them at the edge of the sheet", () => {
    const moved = after(moveCards(map, new Set(["c1", "c4", "c5"]), "c1", { lane: "m", step: "a2", before: null }));
    expect([cell(moved, "m", "a2"), cell(moved, "m", "a3"), cell(moved, "m", "b2")]).toEqual([["c1"], ["c4"], ["c5"]]);
  });

  it("does nothing where they stand already", () => {
    expect(moveCards(map, new Set(["c2"]), "c2", { lane: "l", step: "a1", before: "c3" })).toEqual([]);
    expect(moveCards(map, new Set(["c1", "c2", "c3"]), "c1", { lane: "l", step: "a1", before: null })).toEqual([]);
  });

  it("counts cards that a filter hides", () => {
    const shows = (card: { id: string }) => card.id !== "c2";
    const sheet = layout(map, { room: 1000, height: () => 40, drawn: () => 0, folded: () => false, hidden: () => false, shows });
    const slot = cardSlot(sheet, 20, 60, new Set(["c4"]))!;
    expect(slot.before).toBe("c3");
    expect(cell(after(moveCards(map, new Set(["c4"]), "c4", slot)), "l", "a1")).toEqual(["c1", "c2", "c4", "c3"]);
  });
});

describe("removing", () => {
  it("names nothing twice, and takes a stage whose last step goes", () => {
    const commands = removeThings(map, new Set(["c1", "c5", "b1", "b2", "a3"]));
    expect(commands.map((c) => `${c.do} ${String(c["id"])}`)).toEqual(["card.remove c1", "step.remove a3", "stage.remove B"]);
    expect(steps(after(commands))).toEqual(["A a1 a2"]);
  });
});

describe("duplicating", () => {
  it("makes copies next to their originals", () => {
    const { commands, as } = duplicateThings(map, new Set(["c1", "c2", "B"]), id);
    const done = after(commands);
    expect(cell(done, "l", "a1")).toEqual(["c1", as[0], "c2", as[1], "c3"]);
    expect(done.stages.map((s) => s.id)).toEqual(["A", "B", as[2]]);
  });
});

describe("one place further", () => {
  it("leads a step over the border of its stage", () => {
    expect(steps(after(nudge(map, "a3", 1)))).toEqual(["A a1 a2", "B a3 b1 b2"]);
    expect(steps(after(nudge(map, "b1", -1)))).toEqual(["A a1 a2 a3 b1", "B b2"]);
    expect(steps(after(nudge(map, "a2", -1)))).toEqual(["A a2 a1 a3", "B b1 b2"]);
    expect(nudge(map, "a1", -1)).toEqual([]);
    expect(nudge(map, "b2", 1)).toEqual([]);
  });

  it("leads a stage or a lane past its neighbour; hidden lanes are stepped over", () => {
    expect(after(nudge(map, "B", -1)).stages.map((s) => s.id)).toEqual(["B", "A"]);
    expect(nudge(map, "l", 1, new Set(["m"]))).toEqual([]);
    expect(after(nudge(map, "l", 1)).lanes.map((l) => l.id)).toEqual(["m", "l"]);
  });
});

describe("the border between stages", () => {
  const pulled = (stage: string, columns: number) => steps(after(moveEdge(map, stage, columns, () => "N", "third")));

  it("pulled into a stage splits it, pulled over the next joins", () => {
    expect(pulled("A", 2)).toEqual(["A a1 a2", "N a3", "B b1 b2"]);
    expect(pulled("A", 4)).toEqual(["A a1 a2 a3 b1", "B b2"]);
    expect(pulled("A", 5)).toEqual(["A a1 a2 a3 b1 b2"]);
  });

  it("pulled to where it is, or out of the stage, does nothing", () => {
    expect([moveEdge(map, "A", 3, id, ""), moveEdge(map, "A", 0, id, ""), moveEdge(map, "B", 5, id, "")]).toEqual([[], [], []]);
  });
});

describe("what is seen", () => {
  it("of a draft is a card in its place, and the map stays as it was", () => {
    const seen = withDraft(map, { card: newCard("d"), lane: "l", step: "a1", at: 1 });
    expect(cell(seen, "l", "a1")).toEqual(["c1", "d", "c2", "c3"]);
    expect(cell(map, "l", "a1")).toEqual(["c1", "c2", "c3"]);
  });

  it("through a filter has one of the tags and one of the owners", () => {
    const lane = map.lanes[0]!;
    const seen = (filter: Partial<Parameters<typeof matcher>[0]>) => {
      const shows = matcher({ channels: [], tags: [], owners: [], ...filter }, new Map());
      return Object.values(lane.cells).flat().filter((card) => shows(card, lane)).map((card) => card.id);
    };
    expect(seen({})).toEqual(["c1", "c2", "c3", "c4"]);
    expect(seen({ tags: ["x", "y"] })).toEqual(["c1"]);
    expect(seen({ owners: ["Ana"] })).toEqual(["c4"]);
    expect(seen({ tags: ["x"], owners: ["Ana"] })).toEqual([]);
  });

  it("through channels are touchpoints met there; other lanes stay", () => {
    const item = (id: string, channel: string): LibraryItem => ({ id, kind: "touchpoint", name: id, description: "", channel, measures: [] });
    const library = new Map([item("t1", "web"), item("t2", "till")].map((one) => [one.id, one]));
    const shows = matcher({ channels: ["web"], tags: [], owners: [] }, library);
    const touchpoints = newLane("t", "touchpoints");
    const seen = (ref: string | null, lane = touchpoints) => shows(newCard("c", { ref }), lane);
    expect([seen("t1"), seen("t2"), seen(null), seen("t1", { ...touchpoints, channel: "till" }), seen(null, { ...touchpoints, channel: "web" })]).toEqual([true, false, false, true, true]);
    expect(shows(newCard("c"), newLane("n", "text"))).toBe(true);
  });
});
