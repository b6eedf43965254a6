import { describe, expect, it } from "vitest";
import { columnName, hindrance, nameLanesFrom, place, preview, rowLabel, setKind, start, withLanes } from "./wizard";

const ROWS = [
  ["", "Awareness", "", "Purchase"],
  ["", "Sees ad", "Searches", "Pays"],
  ["Actions", "I see an ad", "I search", "I pay"],
  ["", "", "", ""],
  ["Pain points", "", "Too many hits", "Card refused"],
];
const GUESS = { stage_row: 0, step_row: 1, lane_column: 0, first_row: 2, first_column: 1, lanes: { "2": "actions", "4": "pain_points" } };

it("names columns as a spreadsheet does", () => {
  expect([0, 25, 26, 27, 701, 702].map(columnName)).toEqual(["A", "Z", "AA", "AB", "ZZ", "AAA"]);
});

it("tells rows apart by their number and first texts", () => {
  expect(rowLabel(ROWS, 0)).toBe("1: Awareness, Purchase");
  expect(rowLabel(ROWS, 3)).toBe("4");
});

describe("the preview", () => {
  it("lets a stage reach to the next name and skips empty rows", () => {
    const { stages, lanes } = preview(ROWS, withLanes(ROWS, GUESS));
    expect(stages).toEqual([{ name: "Awareness", steps: ["Sees ad", "Searches"] }, { name: "Purchase", steps: ["Pays"] }]);
    expect(lanes).toEqual([
      { row: 2, title: "Actions", kind: "actions", cells: ["I see an ad", "I search", "I pay"] },
      { row: 4, title: "Pain points", kind: "pain_points", cells: ["", "Too many hits", "Card refused"] },
    ]);
  });
  it("joins neighbours of the same name, as merged cells come out of some programs", () => {
    expect(preview([["", "A", "A", "B"], ["x", "1", "2", "3"]], start([["", "A", "A", "B"], ["x", "1", "2", "3"]])).stages.map((s) => s.steps.length)).toEqual([2, 1]);
  });
  it("goes on with the lane above where a row has no name", () => {
    const rows = [["", "A", "B"], ["Pain points", "slow", ""], ["", "dear", "closed"], ["", "", "a note"]];
    const columns = { ...start(rows), lanes: { "1": "pain_points", "2": "pain_points", "3": "text" } };
    expect(preview(rows, columns).lanes.map((lane) => [lane.kind, lane.cells])).toEqual([["pain_points", ["slow\ndear", "closed"]], ["text", ["", "a note"]]]);
  });
  it("leaves a lane out when it is skipped", () => {
    expect(preview(ROWS, setKind(withLanes(ROWS, GUESS), 2, "skip")).lanes.map((l) => l.row)).toEqual([4]);
  });
});

describe("choices", () => {
  it("give every row below the headings a kind: text, or skip where it is empty", () => {
    expect(start(ROWS)).toMatchObject({ stage_row: 0, step_row: null, first_row: 1, lanes: { "1": "text", "2": "text", "3": "skip", "4": "text" } });
  });
  it("move the lanes below both headings and keep the kinds that were chosen", () => {
    const placed = place(ROWS, setKind(start(ROWS), 4, "pain_points"), "step_row", 1);
    expect(placed).toMatchObject({ first_row: 2, lanes: { "4": "pain_points" } });
    expect(placed.lanes).not.toHaveProperty("1");
  });
  it("never take one row for stages and steps", () => {
    expect(place(ROWS, GUESS, "stage_row", 1)).toMatchObject({ stage_row: 1, step_row: null });
    expect(place(ROWS, GUESS, "step_row", 0)).toMatchObject({ stage_row: 1, step_row: 0, first_row: 2 });
  });
  it("begin the steps right of the names of lanes", () => expect(nameLanesFrom(GUESS, 1).first_column).toBe(2));
});

it("says why a grid cannot be read", () => {
  expect(hindrance(ROWS, withLanes(ROWS, GUESS))).toBeNull();
  expect(hindrance(ROWS, place(ROWS, GUESS, "stage_row", 3))).toBe("no_stages");
  const none = [2, 3, 4].reduce((columns, row) => setKind(columns, row, "skip"), withLanes(ROWS, GUESS));
  expect(hindrance(ROWS, none)).toBe("no_lanes");
});
