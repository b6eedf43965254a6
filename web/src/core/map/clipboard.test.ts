import { describe, expect, it } from "vitest";
import { apply } from "./commands";
import { map as shape } from "./commands/shapes";
import { clipOf, copied, pasted, type Clipboard, type Copied } from "./clipboard";
import { fromHtml, fromTsv, toHtml, toTsv } from "./clipboard/table";
import { newCard, newLane, newStage, newStep, stepsOf, type JourneyMap, type LibraryItem } from "./document";

const item = (id: string, name: string): LibraryItem => ({ id, kind: "touchpoint", name, description: "", channel: null, measures: [] });
const library = new Map([["call", item("call", "Call centre")]]);
const known = (id: string): boolean => library.has(id);

const shop = (): JourneyMap =>
  shape({
    id: "shop", name: "Shop",
    stages: [newStage("g1", [newStep("s1", { name: "Search" }), newStep("s2")]), newStage("g2", [newStep("s3")], { name: "Buy" })],
    lanes: [
      newLane("path", "path"),
      newLane("act", "actions", { cells: { s1: [newCard("a1", { text: "I search" }), newCard("a2", { text: "I ask" })], s2: [newCard("a3", { text: 'I "try"\nagain' })] } }),
      newLane("touch", "touchpoints", { cells: { s2: [newCard("t1", { ref: "call", star: true })] } }),
      newLane("emo", "emotion"),
      newLane("met", "metrics", { cells: { s3: [newCard("m1", { bind: { question: "share", touchpoint: null, stage: "g2", to: null, days: null, scale: null } })] } }),
    ],
  }, "");
const other = (): JourneyMap => shape({ id: "other", name: "Other", stages: [newStage("o1", [newStep("p1")])], lanes: [newLane("o2", "actions"), newLane("o3", "text")] }, "");

/** What a cell says, by what its cards are called; a star and a span are marked. */
const cell = (map: JourneyMap, lane: number, step: number): string =>
  (map.lanes[lane]?.cells[stepsOf(map)[step]?.id ?? ""] ?? []).map((card) => `${card.ref ?? card.text}${card.star ? "*" : ""}${card.span > 1 ? ` ×${card.span}` : ""}`).join(" | ");
const copy = (map: JourneyMap, ...ids: string[]): Copied => copied(map, ids, library) ?? expect.fail("nothing copied");

function paste(map: JourneyMap, from: Clipboard, lane: string, step: string, has = known): { map: JourneyMap; ids: string[]; steps: number; lanes: number } {
  const found = pasted(map, from, { lane, step }, has) ?? expect.fail("nothing pasted");
  return { ...found, map: apply(map, found.command).map };
}

describe("text with tabs", () => {
  it.each([
    ["a\tb\nc\td", [["a", "b"], ["c", "d"]]],
    ["a\tb\r\nc\r\n", [["a", "b"], ["c"]]],
    ['"two\nlines"\t"a ""quote"""\n', [["two\nlines", 'a "quote"']]],
    ['5" disk\tx', [['5" disk', "x"]]],
    ['"open\tx', [['"open', "x"]]],
    ["a\t\t", [["a", "", ""]]],
    ["", [[""]]],
  ])("%j", (text, rows) => expect(fromTsv(text).map((row) => row.map((one) => one.text))).toEqual(rows));

  it("comes back as it went", () => {
    const rows = [["a", 'b "c"', "d\ne"], ["", "\t", "ž"]];
    expect(fromTsv(toTsv(rows)).map((row) => row.map((one) => one.text))).toEqual(rows);
    expect(fromHtml(toHtml([["<b> & \"c\"", "d\ne"]]))?.map((row) => row.map((one) => one.text))).toEqual([["<b> & \"c\"", "d\ne"]]);
  });
});

it("reads tables as spreadsheets and writers write them", () => {
  const html = `<meta charset="utf-8"><style>td { color: red }</style><table border=1><colgroup><col></colgroup><tbody>
    <tr><th colspan="2">Look</th><td>Buy&nbsp;&amp; go</td></tr>
    <tr><td rowspan=2><p>one</p><p>two</p><td><ul><li>a</li><li>b</li></ul><td>&#381;&#x10D; &bogus; <script>alert(1)</script></tr>
    <tr><td>below<td>z</tr></tbody></table><table><tr><td>second</table>`;
  expect(fromHtml(html)).toEqual([
    [{ text: "Look", span: 2 }, { text: "Buy & go", span: 1 }],
    [{ text: "one\ntwo", span: 1 }, { text: "- a\n- b", span: 1 }, { text: "Žč &bogus;", span: 1 }],
    [{ text: "", span: 1 }, { text: "below", span: 1 }, { text: "z", span: 1 }],
  ]);
  expect(fromHtml("<p>no table</p>")).toBeNull();
});

describe("a range of a spreadsheet", () => {
  it("becomes cards from the cell on", () => {
    const { map, ids, steps, lanes } = paste(shop(), { text: "one\ttwo\n\tthree" }, "act", "s2");
    expect([cell(map, 1, 1), cell(map, 1, 2), cell(map, 2, 1), cell(map, 2, 2)]).toEqual(['I "try"\nagain | one', "two", "call*", "three"]);
    expect([ids.length, steps, lanes]).toEqual([3, 0, 0]);
  });

  it("grows the map to the right and downwards rather than lose a cell", () => {
    const { map, steps, lanes } = paste(shop(), { text: "a\tb\tc\n1\n2" }, "emo", "s3");
    expect([steps, lanes]).toEqual([2, 1]);
    expect(stepsOf(map)).toHaveLength(5);
    expect([cell(map, 3, 2), cell(map, 3, 3), cell(map, 3, 4), cell(map, 4, 2), cell(map, 5, 2)]).toEqual(["a", "b", "c", " | 1", "2"]);
    expect(map.lanes[5]?.kind).toBe("text");
  });

  it("sets points on the emotion curve where it holds numbers", () => {
    const { map } = paste(shop(), { text: "-1,5\t+2\t7" }, "emo", "s1");
    const points = ["s1", "s2", "s3"].map((step) => map.lanes[3]?.cells[step]?.[0]);
    expect(points.map((card) => [card?.value, card?.text])).toEqual([[-1.5, ""], [2, ""], [null, "7"]]);
  });

  it("keeps joined cells joined", () => {
    const { map } = paste(shop(), { html: "<table><tr><td colspan=2>wide<td>next</table>", text: "wide\t\tnext" }, "act", "s1");
    expect([cell(map, 1, 0), cell(map, 1, 2)]).toEqual(["I search | I ask | wide ×2", "next"]);
  });

  it("passes over the lane that is drawn, and over blanks", () => {
    expect(pasted(shop(), { text: " \t\n" }, { lane: "act", step: "s1" }, known)).toBeNull();
    const { map } = paste(shop(), { text: "x" }, "path", "s1");
    expect(cell(map, 1, 0)).toContain("x");
  });

  it("parts a text that is too long for a card", () => {
    const { map, ids } = paste(shop(), { text: "🛒".repeat(5001) }, "emo", "s1");
    expect(ids).toHaveLength(2);
    expect(cell(map, 3, 0)).toBe(`${"🛒".repeat(5000)} | 🛒`);
  });
});

describe("cards", () => {
  it("keep their places to each other, with new ids, in the map they come from", () => {
    const map = shop();
    const clip = copy(map, "a1", "t1");
    const { map: after, ids } = paste(map, clip, "act", "s2");
    expect([cell(after, 1, 1), cell(after, 2, 2)]).toEqual(['I "try"\nagain | I search', "call*"]);
    expect(ids).toHaveLength(2);
    expect(ids.some((id) => id === "a1" || id === "t1")).toBe(false);
  });

  it("become plain text where a lane holds no library items, and a lane of their kind where there is none", () => {
    const { map } = paste(other(), copy(shop(), "a3", "t1"), "o2", "p1");
    expect([cell(map, 0, 0), cell(map, 1, 0)]).toEqual(['I "try"\nagain', "Call centre*"]);
    const below = paste(other(), copy(shop(), "a3", "t1"), "o3", "p1");
    expect([below.lanes, below.map.lanes[2]?.kind, cell(below.map, 2, 0)]).toEqual([1, "touchpoints", "call*"]);
    const elsewhere = paste(other(), copy(shop(), "a3", "t1"), "o3", "p1", () => false);
    expect(cell(elsewhere.map, 2, 0)).toBe("Call centre*");
  });

  it("of touchpoints are no systems", () => {
    const systems = shape({ ...other(), lanes: [newLane("o2", "systems")] }, "");
    expect(cell(paste(systems, copy(shop(), "t1"), "o2", "p1").map, 0, 0)).toBe("Call centre*");
  });

  it("are rows of texts elsewhere", () => {
    const clip = copy(shop(), "a1", "a2", "a3", "t1");
    expect(clip.text).toBe('"I search\nI ask"\t"I ""try""\nagain"\n\tCall centre');
    expect(clip.html).toContain("<td>I search<br>I ask</td>");
  });

  it("lose a binding to a stage that the other map does not have", () => {
    const clip = copy(shop(), "m1");
    const kept = (map: JourneyMap): (string | null | undefined)[] => map.lanes.flatMap((lane) => Object.values(lane.cells).flat()).map((card) => card.bind?.stage);
    expect(kept(paste(other(), clip, "o3", "p1").map)).toEqual([undefined]);
    expect(kept(paste(shop(), clip, "met", "s1").map)).toContain("g2");
  });
});

describe("steps, stages and lanes", () => {
  it("steps come after the step, with their cards in lanes of the same kind", () => {
    const { map, ids } = paste(other(), copy(shop(), "s1", "s2"), "o2", "p1");
    expect(map.stages.map((stage) => stage.steps.map((step) => step.name))).toEqual([["", "Search", ""]]);
    expect([cell(map, 0, 1), cell(map, 0, 2), map.lanes[2]?.kind, cell(map, 2, 2)]).toEqual(["I search | I ask", 'I "try"\nagain', "touchpoints", "call*"]);
    expect(ids).toEqual(map.stages[0]?.steps.slice(1).map((step) => step.id));
  });

  it("a stage comes after the stage, and bindings to it follow", () => {
    const { map } = paste(shop(), copy(shop(), "g2"), "act", "s1");
    expect(map.stages.map((stage) => stage.name)).toEqual(["", "Buy", "Buy"]);
    const bound = map.lanes[4]?.cells[map.stages[1]?.steps[0]?.id ?? ""]?.[0]?.bind?.stage;
    expect(bound).toBe(map.stages[1]?.id);
    expect(bound).not.toBe("g2");
  });

  it("a stage is the first of an empty map", () => {
    const empty = shape({ id: "empty", name: "Empty" }, "");
    const { map } = paste(empty, copy(shop(), "g1"), "", "");
    expect([map.stages.length, map.lanes.map((lane) => lane.kind), cell(map, 0, 0)]).toEqual([1, ["actions", "touchpoints"], "I search | I ask"]);
    expect(pasted(empty, { text: "x" }, { lane: "", step: "" }, known)).toBeNull();
  });

  it("a lane comes below, its cards step by step; steps that are missing are made", () => {
    const { map, steps } = paste(other(), copy(shop(), "act"), "o2", "p1");
    expect([steps, map.lanes.map((lane) => lane.kind)]).toEqual([1, ["actions", "actions", "text"]]);
    expect([cell(map, 1, 0), cell(map, 1, 1)]).toEqual(["I search | I ask", 'I "try"\nagain']);
  });
});

it("knows its own clips from other texts", () => {
  expect(clipOf(copy(shop(), "a1").json)?.cards).toHaveLength(1);
  for (const text of ["", "{}", "[1]", "null", '{"desireline": 2}', "a\tb"]) expect(clipOf(text)).toBeNull();
  expect(copied(shop(), ["path:s1", "nothing"], library)).toBeNull();
});
