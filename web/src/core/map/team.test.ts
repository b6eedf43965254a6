import { describe, expect, it } from "vitest";
import type { Comment, Difference, Entry, KeptVersion } from "./api";
import { placeOf, tally, thingOf, told } from "./differences";
import { newCard, newLane, newStage, newStep, type JourneyMap } from "./document";
import { doings, sittings } from "./history";
import { around, filterable, search } from "./search";
import { openOn, threads, visible } from "./threads";

const entry = (version: number, minute: number, commands: Entry["commands"], more: Partial<Entry> = {}): Entry => ({
  version, id: `id-${version}`, at: new Date(Date.UTC(2026, 10, 21, 9, minute)).toISOString(), author: "ana", commands, inverse: [], undoes: null, ...more,
});
const kept = (version: number, label: string): KeptVersion => ({ version, label, at: "", author: "ana", measured: false, safety: false });

describe("history", () => {
  it("counts commands by name, inside batches too", () => {
    const inner = { do: "batch", commands: [{ do: "card.add" }, { do: "card.add" }, { do: "batch", commands: [{ do: "step.move" }] }] };
    expect(doings([{ do: "card.set" }, inner, { do: "card.set" }])).toEqual([{ name: "card.set", n: 2 }, { name: "card.add", n: 2 }, { name: "step.move", n: 1 }]);
  });
  it("joins what one person does without a pause of ten minutes", () => {
    const found = sittings([entry(2, 9, [{ do: "card.add" }]), entry(1, 0, [{ do: "card.add" }]), entry(3, 20, [{ do: "lane.add" }]), entry(4, 21, [{ do: "lane.add" }], { author: "ivo" })], []);
    expect(found.map((s) => [s.from, s.to, s.author])).toEqual([[4, 4, "ivo"], [3, 3, "ana"], [1, 2, "ana"]]);
    expect(found[2]!.doings).toEqual([{ name: "card.add", n: 2 }]);
  });
  it("ends a sitting at a kept version and counts what was taken back apart", () => {
    const found = sittings([entry(1, 0, [{ do: "card.add" }]), entry(2, 1, [{ do: "card.remove" }], { undoes: 1 }), entry(3, 2, [{ do: "map.set" }])], [kept(2, "Board meeting")]);
    expect(found.map((s) => [s.from, s.to, s.undone, s.kept.map((k) => k.label)])).toEqual([[3, 3, 0, []], [1, 2, 1, ["Board meeting"]]]);
    expect(found[1]!.doings).toEqual([{ name: "card.add", n: 1 }]);
  });
});

const comment = (id: string, more: Partial<Comment> = {}): Comment => ({ id, on: "c1", text: id, author: "local", at: `2026-11-21T09:0${id.length}:00Z`, resolved: false, reply_to: null, ...more });

describe("threads", () => {
  const all = [comment("a"), comment("bbb", { author: "ivo", reply_to: "a" }), comment("cc", { author: "ivo", on: "c2" }), comment("dddd", { resolved: true }), comment("eeeee", { reply_to: "gone", on: null })];
  it("gathers answers under the first comment, newest thread first", () => {
    expect(threads(all).map((t) => [t.first.id, t.replies.map((r) => r.id)])).toEqual([["eeeee", []], ["dddd", []], ["cc", []], ["a", ["bbb"]]]);
  });
  it("shows open ones, resolved ones, or those one takes part in", () => {
    const ids = (show: "open" | "resolved" | "mine", me?: string) => visible(threads(all), show, me).map((t) => t.first.id);
    expect(ids("open")).toEqual(["eeeee", "cc", "a"]);
    expect(ids("resolved")).toEqual(["dddd"]);
    expect(ids("mine", "ivo")).toEqual(["cc", "a"]);
  });
  it("counts open threads, not comments, on each thing", () => {
    expect([...openOn(all)].toSorted()).toEqual([["c1", 1], ["c2", 1]]);
  });
});

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

describe("differences", () => {
  const one: Difference = { kind: "changed", what: "card", id: "k1", where: ["Kupnja", "Košarica", "", "Basket"], field: "tags", before: [], after: ["a", "b"], low: null, high: null };
  it("tells the thing from its place", () => {
    expect(thingOf(one)).toBe("Basket");
    expect(placeOf(one)).toBe("Kupnja › Košarica");
  });
  it("tells values, and the words inside what has none of its own", () => {
    expect([told([]), told(["a", "b"]), told(true), told(0), told({ text: "Reach", start: "", goal: null }), told("")]).toEqual([
      { kind: "nothing" }, { kind: "text", text: "a, b" }, { kind: "yes" }, { kind: "number", number: 0 }, { kind: "text", text: "Reach" }, { kind: "nothing" },
    ]);
  });
  it("counts kinds", () => expect([...tally([one, { ...one, kind: "moved" }, one])]).toEqual([["changed", 2], ["moved", 1]]));
});
