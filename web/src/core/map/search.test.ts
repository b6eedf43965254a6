import { describe, expect, it } from "vitest";
import { newCard, newLane, newStage, newStep, type JourneyMap } from "./document";
import { around, filterable, search } from "./search";

describe("finding", () => {
  const lane = newLane("l1", "touchpoints", { title: "Dodirne točke", cells: { s2: [newCard("k2", { ref: "t1", tags: ["žurno"] })], s1: [newCard("k1", { text: "Basket is **empty**", owner: "Ana" })] } });
  const map = { stages: [newStage("g1", [newStep("s1", { name: "Košarica" }), newStep("s2")], { name: "Kupnja" })], lanes: [lane] } as unknown as JourneyMap;
  const names = { card: (card: { ref: string | null; text: string }) => (card.ref ? "Basket page" : card.text), lane: (l: { title: string | null }) => l.title ?? "" };
  it("reads from left to right, then down", () => expect(search(map, "basket", names)).toEqual(["k1", "k2"]));
  it("finds stages, steps, lanes, tags and owners, with and without marks", () => {
    expect(search(map, "kupnja", names)).toEqual(["g1"]);
    expect(search(map, "kosarica", names)).toEqual(["s1"]);
    expect(search(map, "tocke dodirne", names)).toEqual(["l1"]);
    expect(search(map, "zurno", names)).toEqual(["k2"]);
    expect(search(map, "ana", names)).toEqual(["k1"]);
    expect(search(map, "  ", names)).toEqual([]);
  });
  it("goes around the ends", () => {
    expect([around(-1, 1, 3), around(-1, -1, 3), around(2, 1, 3), around(0, -1, 3), around(0, 1, 0)]).toEqual([0, 2, 0, 2, -1]);
  });
  it("offers the channels, tags and owners in use", () => {
    expect(filterable(map, () => "web")).toEqual({ channels: ["web"], tags: ["žurno"], owners: ["Ana"] });
  });
});
