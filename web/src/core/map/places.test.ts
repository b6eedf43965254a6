import { describe, expect, it } from "vitest";
import { newCard, newLane, newStage, newStep, type JourneyMap } from "./document";
import { layout } from "./layout";
import { between, idAt, placeOf, placesOf, walk, type Walk } from "./places";

const map: JourneyMap = {
  schema_version: 2, id: "m", name: "M", kind: "current_assumed", status: "draft", life_cycle: null,
  goal: { text: "", start: "", end: "", goal: null }, scope: { persona: null, segment: null }, definition: null, owner: null,
  review: null, languages: [], tags: [], template: null, parent: null, paths: [], views: [],
  stages: [newStage("A", [newStep("a1"), newStep("a2")]), newStage("B", [newStep("b1")])],
  lanes: [
    newLane("path", "path"),
    newLane("l", "text", { cells: { a1: [newCard("c1"), newCard("c2")], b1: [newCard("c3")] } }),
    newLane("shut", "text", { cells: { a1: [newCard("hidden")] } }),
    newLane("m", "text", { cells: { a1: [newCard("c4")] } }),
  ],
};
const sheet = layout(map, { room: 600, height: () => 40, drawn: () => 0, folded: (id) => id === "shut", hidden: () => false, shows: () => true });
const places = placesOf(sheet);

function way(from: string, keys: string, steps = true): string[] {
  const names: Record<string, Walk> = { u: "ArrowUp", d: "ArrowDown", l: "ArrowLeft", r: "ArrowRight", h: "Home", e: "End", H: "mod+Home", E: "mod+End" };
  let at = placeOf(sheet, places, from)!;
  return [...keys].map((key) => {
    at = walk(sheet, at, names[key]!, steps);
    return idAt(sheet, at)!;
  });
}

describe("walking", () => {
  it("goes down from a stage by its step and its cards to the next lane; the path and folded lanes have no cells", () => {
    expect(way("A", "dddddd")).toEqual(["a1", "c1", "c2", "c4", "c4", "c4"]);
    expect(way("c4", "uuuuu")).toEqual(["c2", "c1", "a1", "A", "A"]);
  });

  it("leaves out the row of steps where they have no names", () => {
    expect(way("A", "d", false)).toEqual(["c1"]);
    expect(way("c1", "u", false)).toEqual(["A"]);
  });

  it("goes sideways by columns, in heads by stages, and at the left to the lane's name", () => {
    expect(way("c2", "rrrlll")).toEqual(["l:a2", "c3", "c3", "l:a2", "c2", "l"].map((id) => id));
    expect(way("A", "rrl")).toEqual(["B", "B", "A"]);
    expect(way("l", "ddduuu")).toEqual(["shut", "m", "m", "shut", "l", "path"]);
    expect(way("shut", "r")).toEqual(["shut"]);
  });

  it("knows the ends", () => {
    expect(way("c2", "ehEH")).toEqual(["c3", "c2", "m:b1", "A"]);
  });
});

describe("places", () => {
  it("are found by id and back", () => {
    for (const id of ["A", "B", "a1", "b1", "path", "l", "shut", "c1", "c2", "c3", "c4", "l:a2", "m:b1"]) {
      expect(idAt(sheet, placeOf(sheet, places, id)!)).toBe(id);
    }
  });

  it("of folded cells and strange ids are none", () => {
    expect(["shut:a1", "path:a1", "nothing", "hidden"].map((id) => placeOf(sheet, places, id))).toEqual([null, null, null, null]);
  });
});

describe("a range", () => {
  const range = (a: string, b: string) => between(sheet, placeOf(sheet, places, a)!, placeOf(sheet, places, b)!);

  it("is the rectangle between two places", () => {
    expect(range("c1", "c4")).toEqual(["c1", "c2", "c4"]);
    expect(range("c4", "c3")).toEqual(["c1", "c2", "c3", "c4"]);
    expect(range("l:a2", "c3")).toEqual(["c3"]);
  });

  it("within one cell goes from card to card", () => {
    expect(range("c2", "c1")).toEqual(["c1", "c2"]);
    expect(range("c2", "c2")).toEqual(["c2"]);
  });

  it("of heads or names holds heads or names", () => {
    expect(range("B", "A")).toEqual(["A", "B"]);
    expect(range("a2", "b1")).toEqual(["a2", "b1"]);
    expect(range("l", "m")).toEqual(["l", "shut", "m"]);
  });
});
