import { describe, expect, it } from "vitest";
import type { Definition } from "../../../core/definition";
import type { StagesResult } from "../../../core/discovery";
import { adopted, differing, matched, proposed, split, wrongName } from "./adopting";
import { spread } from "./spread";

const definition: Definition = {
  name: "main", version: 4, origin: "proposed", coherence: 0.4,
  stages: [{ name: "Look" }, { name: "Buy" }],
  touchpoints: [
    { name: "Ad", stage: "Look", match: [{ name: "ad" }] },
    { name: "Search", stage: "Look", match: [{ name: "search" }] },
    { name: "Call", stage: "Buy", channel: "phone", match: [{ name: "call", properties: { kind: "in" } }] },
    { name: "Order", stage: "Buy", match: [{ name: "order" }] },
    { name: "Rare", stage: "Look", match: [{ name: "rare" }] },
  ],
  goals: [{ name: "Sold", touchpoints: ["Order"] }, { name: "Spoken", touchpoints: ["Call"] }],
  micro_conversions: [],
  journey: { starts: ["Call"], ends: ["Sold"], gap_days: 30 },
};

const stage = (name: string, touchpoints: string[]) => ({ name, touchpoints, people: 10, share: 1, low: 0.7, high: 1, level: 0 });
const result = { incoherence: 0.79, groups: [stage("Ad", ["Ad"]), stage("Order", ["Order", "Search"]), stage("Call", ["Call"])] } as StagesResult;

describe("found stages beside the definition's", () => {
  it("fit the one that shares most touchpoints, each taken once", () => {
    expect(matched(result, definition)).toEqual(["Look", "Buy", null]);
    expect(matched(result, null)).toEqual([null, null, null]);
  });

  it("differ in the touchpoints that the definition has elsewhere", () => {
    expect([...differing(result, definition)]).toEqual([["Search", "Look"], ["Call", "Buy"]]);
    expect(differing(result, null).size).toBe(0);
  });

  it("show where each of the definition's touchpoints went", () => {
    expect(spread(result, definition, matched(result, definition))).toEqual([
      { stage: "Look", parts: [{ place: 0, touchpoints: ["Ad"], fits: true }, { place: 1, touchpoints: ["Search"], fits: false }, { place: null, touchpoints: ["Rare"], fits: false }] },
      { stage: "Buy", parts: [{ place: 1, touchpoints: ["Order"], fits: true }, { place: 2, touchpoints: ["Call"], fits: false }] },
    ]);
  });
});

describe("names", () => {
  it("begin with those of the definition, and never stand twice", () => {
    expect(proposed(result, definition)).toEqual(["Look", "Buy", "Call"]);
    const clash = { groups: [stage("Buy", ["Rare"]), stage("Order", ["Order"])] };
    expect(proposed(clash, { ...definition, touchpoints: definition.touchpoints.filter((one) => one.name !== "Rare") })).toEqual(["Buy (1)", "Buy"]);
  });

  it("are wrong when empty or the same", () => {
    expect([wrongName(["A", "B"]), wrongName(["A", " "]), wrongName(["A", "B", "A "])]).toEqual([-1, 1, 2]);
  });
});

describe("a definition with the found stages", () => {
  it("moves touchpoints, keeps the rest, and says how far it is a funnel", () => {
    const made = adopted(result, ["One", " Two ", "Three"], definition);
    expect(made.stages).toEqual([{ name: "One" }, { name: "Two" }, { name: "Three" }]);
    expect(made.touchpoints.map((one) => [one.name, one.stage])).toEqual([["Ad", "One"], ["Search", "Two"], ["Call", "Three"], ["Order", "Two"], ["Rare", null]]);
    expect(made.coherence).toBeCloseTo(0.21);
    expect([made.goals, made.journey, made.origin]).toEqual([definition.goals, definition.journey, "edited"]);
    expect(definition.stages).toHaveLength(2);
  });

  it("is made of event names where there was none", () => {
    expect(adopted(result, ["A", "B", "C"], null).touchpoints).toContainEqual({ name: "Search", stage: "B", match: [{ name: "Search" }] });
  });
});

describe("a touchpoint split by a property", () => {
  const made = split(definition, "Call", "reason", ["sales", "help"]);

  it("takes events by value first and keeps the others", () => {
    expect(made.touchpoints.map((one) => one.name)).toEqual(["Ad", "Search", "Call: sales", "Call: help", "Call", "Order", "Rare"]);
    expect(made.touchpoints[2]).toEqual({ name: "Call: sales", stage: "Buy", channel: "phone", match: [{ name: "call", properties: { kind: "in", reason: "sales" } }] });
  });

  it("stays whole wherever it was named", () => {
    expect(made.goals[1]).toEqual({ name: "Spoken", touchpoints: ["Call: sales", "Call: help", "Call"] });
    expect(made.journey).toEqual({ starts: ["Call: sales", "Call: help", "Call"], ends: ["Sold"], gap_days: 30 });
    expect(split(definition, "Nothing", "reason", ["a"])).toBe(definition);
  });
});
