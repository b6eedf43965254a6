import { describe, expect, it } from "vitest";
import { painPoint, standing } from "../../../core/map/standing";
import { bars } from "../../../core/overlap";
import type { TimelineEvent } from "../../../core/types";
import type { Row } from "../rows";
import { excerpt } from "./excerpt";
import { opportunityOf, stakesOf } from "./worth";

const card = (id: string, ref: string | null, touchpoint: string | null = null) => ({ id, ref, bind: touchpoint ? { touchpoint } : null });
const map = (cells: Record<string, unknown[]>) =>
  ({
    stages: [
      { name: "Look", measures: null, steps: [{ id: "s1" }] },
      { name: "Buy", measures: "purchase", steps: [{ id: "s2" }, { id: "s3" }] },
    ],
    lanes: [{ id: "l1", kind: "touchpoints", cells }],
    library: [{ id: "t1", kind: "touchpoint", measures: ["Basket", "App basket"] }, { id: "c1", kind: "channel", measures: ["Basket"] }],
  }) as unknown as Parameters<typeof standing>[0] & Parameters<typeof painPoint>[0];

describe("where a touchpoint stands", () => {
  it("is the card that it measures, by its item or its figure", () => {
    expect(standing(map({ s3: [card("k1", null), card("k2", "t1")] }), "App basket", null)).toEqual({ step: "s3", card: "k2", stage: "Buy", number: 2 });
    expect(standing(map({ s1: [card("k3", null, "t1")] }), "Basket", null)).toEqual({ step: "s1", card: "k3", stage: "Look", number: 1 });
  });
  it("is else the first step of its stage, and else nowhere", () => {
    expect(standing(map({}), "Basket", "purchase")).toEqual({ step: "s2", card: null, stage: "Buy", number: 2 });
    expect(standing(map({ s1: [card("k", "c1")] }), "Basket", null)).toBeNull();
  });
});

describe("a card among the pain points", () => {
  it("makes the lane where there is none", () => {
    const { card: id, commands } = painPoint(map({}), "s2", "Queue: long", "https://x.example/o");
    expect(commands).toMatchObject([{ do: "lane.add", lane: { kind: "pain_points", cells: { s2: [{ id, text: "Queue: long", url: "https://x.example/o" }] } } }]);
  });
  it("goes into the lane that is there", () => {
    const some = { lanes: [{ id: "pp", kind: "pain_points", cells: {} }] } as unknown as Parameters<typeof painPoint>[0];
    expect(painPoint(some, "s2", "x", "https://x.example").commands).toMatchObject([{ do: "card.add", lane: "pp", step: "s2" }]);
  });
});

describe("an excerpt of a journey", () => {
  const events = (names: string[]): TimelineEvent[] => names.map((name, i) => ({ name, touchpoint: name, time: `2026-01-0${i + 1}T00:00:00Z`, arrival: i }) as TimelineEvent).reverse();
  const names = (all: TimelineEvent[]) => all.map((event) => event.name).join("");
  it("shows the steps around the touchpoint in the order of time", () => expect(names(excerpt(events([..."abcXdefg"]), "X", null, 2))).toBe("bcXde"));
  it("takes the first one since the obstacle began", () => expect(names(excerpt(events([..."XabXc"]), "X", "2026-01-02T00:00:00Z", 1))).toBe("bXc"));
  it("ends with the latest where it is not there", () => expect(names(excerpt(events([..."abcdefgh"]), "X", null, 1))).toBe("fgh"));
});

describe("what is at stake", () => {
  const row = (evidence: unknown, touchpoint = "Queue") => ({ touchpoint, channel: "store", cell: "c", evidence }) as Row;
  const detector = { from: "obstacles", found: { kind: "long_wait", channel: "store" } };
  const hazard = { from: "friction", found: { outcome: "drop" }, goal: "Order" };
  it("is asked of those whom the obstacle befell", () => {
    expect(stakesOf(row(detector), { segment: "VIP" }, "Order", "pl")).toEqual({ segment: "VIP", goal: "Order", touchpoint: "Queue", obstacle: "long_wait", channel: "store", language: "pl" });
    expect(stakesOf(row(hazard), {}, "Order", "en")).toEqual({ goal: "Order", touchpoint: "Queue", language: "en" });
  });
  it("is nothing without a goal, at the goal, or for what passed", () => {
    expect(stakesOf(row(hazard), {}, null, "en")).toBeNull();
    expect(stakesOf(row(detector, "Order"), {}, "Order", "en")).toBeNull();
    expect(stakesOf(row({ from: "troubles", found: {} }), {}, "Order", "en")).toBeNull();
  });
  it("goes into an opportunity with its source", () => {
    const told = { title: "x".repeat(300), sentences: ["One.", "Two."], language: "hr" };
    expect(opportunityOf(row(detector), {}, "Order", told)).toEqual({ title: "x".repeat(200), language: "hr", goal: "Order", source: { question: "obstacles", fields: { goal: "Order" }, cell: "c" } });
    expect(opportunityOf({ ...row(hazard), kind: "drop" }, {}, "Order", told).source).toEqual({ question: "stakes", fields: { goal: "Order", touchpoint: "Queue" }, outcome: "drop" });
    expect(opportunityOf(row({ from: "troubles", found: {} }), {}, null, told)).toMatchObject({ description: "One.\nTwo.", place: { touchpoint: "Queue", channel: "store" } });
  });
  it("draws each group against its own tallest bin", () => {
    expect(bars({ edges: [0, 0.5, 1], exposed: [2, 4], controls: [100, 0] })).toEqual([{ from: 0, to: 0.5, met: 0.5, others: 1 }, { from: 0.5, to: 1, met: 1, others: 0 }]);
  });
});
