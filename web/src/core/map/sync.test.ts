import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Command } from "./api";
import { Refused } from "./commands";
import { newCard, newLane, newStage, newStep, stepsOf, type JourneyMap } from "./document";
import { map as shape } from "./commands/shapes";
import { ENDLESS, FakeServer, FakeStore, Line, type Fate } from "./fakeserver";
import { MapSync } from "./sync";

const start = (): JourneyMap =>
  shape({
    id: "shop", name: "Shop",
    stages: [newStage("g1", [newStep("s1"), newStep("s2")]), newStage("g2", [newStep("s3")])],
    lanes: [newLane("act", "actions", { cells: { s1: [newCard("a1", { text: "one" }), newCard("a2", { text: "two" })], s2: [newCard("a3")] } }), newLane("txt", "text")],
  }, "");

const text = (id: string, to: string): Command => ({ do: "card.set", id, set: { text: to } });
const add = (id: string, step = "s1", lane = "act"): Command => ({ do: "card.add", lane, step, card: { id, text: id } });
const textOf = (map: JourneyMap, id: string): string | undefined =>
  map.lanes.flatMap((lane) => Object.values(lane.cells).flat()).find((card) => card.id === id)?.text;
const idsIn = (map: JourneyMap, lane: string, step: string): string[] => (map.lanes.find((one) => one.id === lane)?.cells[step] ?? []).map((card) => card.id);

const pass = (ms = 200): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

interface Page {
  sync: MapSync;
  line: Line;
  store: FakeStore;
  target: EventTarget;
}

const open: MapSync[] = [];
function page(server: FakeServer, { line = new Line(), store = new FakeStore(), target = new EventTarget() }: Partial<Page> = {}): Page {
  const sync = new MapSync(server.remote(line), server.sheet(), () => undefined, { store, target });
  open.push(sync);
  return { sync, line, store, target };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  for (const sync of open.splice(0)) sync.close();
  vi.useRealTimers();
});

describe("saving", () => {
  it("does a command at once, and is saved when the server has it", async () => {
    const server = new FakeServer(start());
    const { sync } = page(server);
    await pass();
    expect(sync.state).toBe("saved");
    sync.run(text("a1", "new"));
    expect(textOf(sync.document, "a1")).toBe("new");
    expect([sync.state, server.version]).toEqual(["saving", 0]);
    await pass();
    expect([sync.state, sync.version, textOf(server.map, "a1")]).toEqual(["saved", 1, "new"]);
  });

  it("sends in order, one request after the other", async () => {
    const server = new FakeServer(start());
    const { sync, line } = page(server);
    for (let i = 0; i < 20; i += 1) sync.run(add(`n${i}`));
    await pass(2000);
    expect(server.entries.map((entry) => (entry.commands[0]?.["card"] as { id: string }).id)).toEqual(Array.from({ length: 20 }, (_, i) => `n${i}`));
    expect(line.busiest).toBe(1);
  });

  it("refuses what the map does not take, and sends nothing", async () => {
    const server = new FakeServer(start());
    const { sync } = page(server);
    const before = sync.document;
    expect(() => sync.run(text("gone", "x"))).toThrow(Refused);
    await pass();
    expect(sync.document).toBe(before);
    expect([sync.state, server.version]).toEqual(["saved", 0]);
  });

  it("keeps the same objects when its own command comes back", async () => {
    const { sync } = page(new FakeServer(start()));
    sync.run(text("a1", "new"));
    const after = sync.document;
    await pass();
    expect(sync.document).toBe(after);
  });
});

describe("a bad line", () => {
  it("sends again with the same id; what was done is not done twice", async () => {
    const server = new FakeServer(start());
    const fates: Fate[] = ["unanswered", "lost", "trouble"];
    const { sync } = page(server, { line: new Line(() => fates.shift() ?? "well") });
    await pass();
    sync.run(add("n1"));
    await pass(100);
    expect(sync.state).toBe("offline");
    await pass(30_000);
    expect([sync.state, server.version, idsIn(server.map, "act", "s1")]).toEqual(["saved", 1, ["a1", "a2", "n1"]]);
    expect(idsIn(sync.document, "act", "s1")).toEqual(["a1", "a2", "n1"]);
  });

  it("keeps edits in the page until it is back, and warns before the page is left only so long", async () => {
    const server = new FakeServer(start());
    const { sync, line, target, store } = page(server);
    const leaving = (): boolean => !target.dispatchEvent(new Event("beforeunload", { cancelable: true }));
    await pass();
    line.down = true;
    sync.run(add("n1"));
    await pass(100);
    sync.run(add("n2"));
    await pass(60_000);
    expect([sync.state, server.version, leaving(), store.kept.size]).toEqual(["offline", 0, true, 1]);
    expect(idsIn(sync.document, "act", "s1")).toEqual(["a1", "a2", "n1", "n2"]);
    line.down = false;
    target.dispatchEvent(new Event("online"));
    await pass();
    expect([sync.state, server.version, leaving(), store.kept.size]).toEqual(["saved", 2, false, 0]);
  });

  it("tries again by itself, at most half a minute later", async () => {
    const server = new FakeServer(start());
    const { sync, line } = page(server);
    line.down = true;
    sync.run(add("n1"));
    await pass(3_600_000);
    line.down = false;
    await pass(31_000);
    expect([sync.state, server.version]).toEqual(["saved", 1]);
  });

  it("takes unsent changes over a reload of the page, also those that the server has", async () => {
    const server = new FakeServer(start());
    const fates: Fate[] = ["unanswered"];
    const before = page(server, { line: new Line(() => fates.shift() ?? "lost") });
    await pass();
    before.sync.run(add("n1"));
    before.sync.run(add("n2"));
    await pass(50);
    before.sync.close();
    expect(server.version).toBe(1);
    server.send({ id: "elsewhere", base: 1, commands: [text("a1", "theirs")] });
    const after = page(server, { store: before.store });
    expect(after.sync.unsaved).toBe(true);
    await pass();
    expect(idsIn(server.map, "act", "s1")).toEqual(["a1", "a2", "n1", "n2"]);
    expect([server.version, after.sync.state, after.store.kept.size]).toEqual([3, "saved", 0]);
    expect(after.sync.document).toEqual(server.map);
  });
});

describe("two pages", () => {
  it("follow each other", async () => {
    const server = new FakeServer(start());
    const [one, two] = [page(server), page(server)];
    one.sync.run(text("a1", "first"));
    await pass();
    expect([two.sync.version, textOf(two.sync.document, "a1")]).toEqual([1, "first"]);
  });

  it("put their changes on top of each other when one is stale", async () => {
    const server = new FakeServer(start());
    const [one, two] = [page(server), page(server)];
    one.sync.run(text("a1", "of one"));
    two.sync.run(text("a2", "of two"));
    two.sync.run({ do: "card.set", id: "a1", set: { star: true } });
    await pass(1000);
    expect([one.sync.state, two.sync.state, server.version]).toEqual(["saved", "saved", 3]);
    expect([textOf(server.map, "a1"), textOf(server.map, "a2")]).toEqual(["of one", "of two"]);
    expect(one.sync.document).toEqual(server.map);
    expect(two.sync.document).toEqual(server.map);
  });

  it("need not agree where both remove the same", async () => {
    const server = new FakeServer(start());
    const [one, two] = [page(server), page(server)];
    one.sync.run({ do: "card.remove", id: "a1" });
    two.sync.run({ do: "batch", commands: [{ do: "card.remove", id: "a2" }, { do: "card.remove", id: "a1" }] });
    await pass(1000);
    expect([one.sync.state, two.sync.state]).toEqual(["saved", "saved"]);
    expect(idsIn(server.map, "act", "s1")).toEqual([]);
  });

  it("put at the end what has lost its place", async () => {
    const server = new FakeServer(start());
    const [one, two] = [page(server), page(server)];
    one.sync.run({ do: "card.remove", id: "a1" });
    two.sync.run({ do: "card.add", lane: "act", step: "s1", at: 2, card: { id: "n1" } });
    await pass(1000);
    expect(two.sync.state).toBe("saved");
    expect(idsIn(server.map, "act", "s1")).toEqual(["a2", "n1"]);
  });
});

describe("a choice", () => {
  /** Two pages that set the same text; the second finds out that it was late. */
  async function collision(): Promise<{ server: FakeServer; one: Page; two: Page }> {
    const server = new FakeServer(start());
    const [one, two] = [page(server), page(server)];
    await pass();
    two.line.down = true;
    two.sync.run(text("a1", "late"));
    two.sync.run(text("a2", "also"));
    two.sync.run(text("a1", "later"));
    one.sync.run(text("a1", "early"));
    await pass();
    two.line.down = false;
    await pass(30_000);
    return { server, one, two };
  }

  it("is offered where both set the same field to something else; the rest is saved", async () => {
    const { server, two } = await collision();
    expect(two.sync.state).toBe("conflict");
    expect(two.sync.conflicts).toHaveLength(1);
    expect(two.sync.conflicts[0]).toMatchObject({ reason: "same_field", thing: "a1", field: "text", mine: "later", theirs: "early", entry: { author: "ana" } });
    expect([textOf(two.sync.document, "a1"), textOf(server.map, "a1"), textOf(server.map, "a2")]).toEqual(["early", "early", "also"]);
  });

  it.each([["mine", "later"], ["theirs", "early"]] as const)("of %s is carried out", async (side, wanted) => {
    const { server, one, two } = await collision();
    expect(two.sync.conflicts[0]?.choose(side)).toBe(true);
    await pass(1000);
    expect([two.sync.state, textOf(server.map, "a1"), textOf(one.sync.document, "a1"), textOf(two.sync.document, "a1")]).toEqual(["saved", wanted, wanted, wanted]);
  });

  it("outlives a reload", async () => {
    const { server, two } = await collision();
    two.sync.close();
    const again = page(server, { store: two.store });
    expect(again.sync.unsaved).toBe(true);
    await pass(1000);
    expect(again.sync.conflicts).toHaveLength(1);
    expect(again.sync.conflicts[0]).toMatchObject({ field: "text", mine: "later", theirs: "early" });
  });

  it("is not needed where both set the same", async () => {
    const server = new FakeServer(start());
    const [one, two] = [page(server), page(server)];
    one.sync.run(text("a1", "same"));
    two.sync.run(text("a1", "same"));
    await pass(1000);
    expect([one.sync.state, two.sync.state, server.version]).toEqual(["saved", "saved", 2]);
  });

  it("brings back what others removed, with all that was in it, if own changes need it", async () => {
    const server = new FakeServer(start());
    const [one, two] = [page(server), page(server)];
    await pass();
    two.line.down = true;
    two.sync.run(add("n1", "s2"));
    two.sync.run(text("n1", "mine"));
    one.sync.run({ do: "step.remove", id: "s2" });
    await pass();
    two.line.down = false;
    await pass(30_000);
    expect(two.sync.conflicts).toHaveLength(1);
    expect(two.sync.conflicts[0]).toMatchObject({ reason: "unknown_id", thing: "s2" });
    expect(two.sync.conflicts[0]?.choose("mine")).toBe(true);
    await pass(1000);
    expect(stepsOf(server.map).map((step) => step.id)).toEqual(["s1", "s2", "s3"]);
    expect(idsIn(server.map, "act", "s2")).toEqual(["a3", "n1"]);
    expect(textOf(one.sync.document, "n1")).toBe("mine");
  });

  it("is offered where one removes what the other changed", async () => {
    const server = new FakeServer(start());
    const [one, two] = [page(server), page(server)];
    await pass();
    one.sync.run(text("a1", "kept"));
    two.sync.run({ do: "card.remove", id: "a1" });
    await pass(1000);
    expect(two.sync.conflicts[0]).toMatchObject({ thing: "a1", field: null });
    expect(textOf(two.sync.document, "a1")).toBe("kept");
  });

  it("is offered for what only the server refuses, with its words; the rest is saved", async () => {
    const server = new FakeServer(start());
    server.refuses = (sent) => (JSON.stringify(sent.commands).includes("never") ? "Never." : null);
    const { sync } = page(server);
    sync.run(text("a1", "never"));
    sync.run(text("a2", "fine"));
    await pass(1000);
    expect(sync.conflicts[0]).toMatchObject({ reason: "server", message: "Never." });
    expect([textOf(sync.document, "a1"), textOf(server.map, "a2")]).toEqual(["one", "fine"]);
    server.refuses = () => null;
    sync.conflicts[0]?.choose("mine");
    await pass(1000);
    expect([sync.state, textOf(server.map, "a1")]).toEqual(["saved", "never"]);
  });

  it("falls away when the change is taken back before", async () => {
    const server = new FakeServer(start());
    const [one, two] = [page(server), page(server)];
    await pass();
    two.line.down = true;
    two.sync.run(text("a1", "late"));
    await two.sync.undo();
    one.sync.run(text("a1", "early"));
    await pass();
    two.line.down = false;
    await pass(30_000);
    expect([two.sync.state, textOf(two.sync.document, "a1"), server.version]).toEqual(["saved", "early", 1]);
  });
});

describe("undo", () => {
  it("goes back and forth, also before anything is sent", async () => {
    const server = new FakeServer(start());
    const { sync } = page(server);
    await pass();
    expect([sync.canUndo, sync.canRedo]).toEqual([false, false]);
    for (const one of ["x", "y", "z"]) sync.run(text("a1", one));
    expect(sync.undoLabel).toBe("map.command.card.set");
    expect([await sync.undo(), await sync.undo(), await sync.redo()]).toEqual([true, true, true]);
    expect([textOf(sync.document, "a1"), sync.canUndo, sync.canRedo]).toEqual(["y", true, true]);
    await pass(1000);
    expect([textOf(server.map, "a1"), server.entries.map((entry) => entry.undoes)]).toEqual(["y", [null, null, null, 3, 2, 5]]);
    sync.run(text("a2", "new"));
    expect(sync.canRedo).toBe(false);
  });

  it("goes on over a reload, by the names that the changes had", async () => {
    const server = new FakeServer(start());
    const before = page(server);
    before.sync.run({ do: "stage.remove", id: "g2" });
    before.sync.run(text("a1", "x"), "map.command.paste");
    before.sync.run({ do: "lane.remove", id: "act" });
    await before.sync.undo();
    await pass(1000);
    before.sync.close();
    const { sync } = page(server);
    await pass();
    expect([sync.undoLabel, sync.redoLabel]).toEqual(["map.command.paste", "map.command.lane.remove"]);
    expect([await sync.undo(), await sync.undo(), await sync.undo()]).toEqual([true, true, false]);
    await pass(1000);
    expect(server.map).toEqual(start());
    expect([await sync.redo(), await sync.redo(), await sync.redo(), await sync.redo()]).toEqual([true, true, true, false]);
    await pass(1000);
    expect(server.map.lanes.map((lane) => lane.id)).toEqual(["txt"]);
  });

  it("has no length: five hundred changes and back after a reload", async () => {
    const server = new FakeServer(start());
    for (let i = 0; i < 500; i += 1) server.send({ id: `earlier-${i}`, base: i, commands: [text("a1", `v${i}`)] });
    const { sync } = page(server);
    await pass();
    for (let i = 0; i < 500; i += 1) {
      const undone = sync.undo();
      await pass(50);
      expect(await undone).toBe(true);
    }
    await pass(20_000);
    expect([textOf(server.map, "a1"), sync.canUndo, server.version]).toEqual(["one", false, 1000]);
  });

  it("leaves out what can no longer be taken back", async () => {
    const server = new FakeServer(start());
    const { sync } = page(server);
    sync.run(text("a2", "x"));
    sync.run({ do: "card.move", id: "a1", lane: "act", step: "s3" });
    server.refuses = () => null;
    await pass();
    server.send({ id: "restored-elsewhere", base: 2, commands: [{ do: "map.replace", document: { ...server.map, stages: [newStage("g9", [newStep("s9")])], lanes: [] } }], undoes: 2 });
    await pass();
    expect(await sync.undo()).toBe(false);
    expect([sync.canUndo, sync.state]).toEqual([false, "saved"]);
  });
});

it("starts over from the whole map when an entry of the log does not fit", async () => {
  const server = new FakeServer(start());
  const { sync } = page(server);
  await pass();
  sync.run(add("n1"));
  sync.receive([{ version: 1, id: "strange", at: "", author: "", commands: [text("nowhere", "x")], inverse: [], undoes: null }]);
  await pass(1000);
  expect([sync.state, idsIn(server.map, "act", "s1")]).toEqual(["saved", ["a1", "a2", "n1"]]);
  expect(sync.document).toEqual(server.map);
});

type Deed = { who: number; what: "add" | "set" | "move" | "remove" | "step" | "undo" | "redo" | "down" | "up" | "reload"; of: number; wait: number };
const deeds = fc.array(
  fc.record<Deed>({
    who: fc.nat(1),
    what: fc.constantFrom("add", "add", "set", "set", "move", "remove", "step", "undo", "redo", "down", "up", "reload"),
    of: fc.nat(6), wait: fc.constantFrom(0, 0, 5, 15, 60),
  }),
  { minLength: 4, maxLength: 30 },
);
const fates = fc.array(fc.constantFrom<Fate>("well", "well", "well", "lost", "unanswered", "trouble"), { maxLength: 40 });

async function play(list: readonly Deed[], plan: readonly Fate[], undo: boolean): Promise<void> {
  const server = new FakeServer(start());
  const left = [...plan];
  const make = (store?: FakeStore): Page => page(server, { line: new Line(() => left.shift() ?? "well", () => 3 + (left.length % 5)), ...(store ? { store } : {}) });
  const pages = [make(), make()];
  const said: string[] = [];
  let n = 0;
  for (const { who, what, of, wait } of list) {
    const one = pages[who] as Page;
    const mark = `mark-${(n += 1)}`;
    const steps = stepsOf(one.sync.document);
    const cards = one.sync.document.lanes.flatMap((lane) => Object.values(lane.cells).flat());
    const [step, card] = [steps[of % steps.length]?.id ?? "", cards[of % Math.max(1, cards.length)]?.id];
    try {
      if (what === "add") one.sync.run(add(mark, step));
      else if (what === "set" && card) one.sync.run(text(card, mark));
      else if (what === "move" && card) one.sync.run({ do: "card.move", id: card, lane: "txt", step, at: 0 });
      else if (what === "remove" && card) one.sync.run({ do: "card.remove", id: card });
      else if (what === "step" && steps.length > 2) one.sync.run({ do: "step.remove", id: step });
      if ((what === "add" || what === "set") && (what === "add" || card)) said.push(mark);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
    }
    if (undo && (what === "undo" || what === "redo")) void one.sync[what]();
    if (what === "down" || what === "up") one.line.down = what === "down";
    if (what === "reload") {
      one.sync.close();
      pages[who] = make(one.store);
    }
    await pass(wait);
  }
  for (const one of pages) one.line.down = false;
  await pass(600_000);
  for (const { line } of pages) expect(line.requests).toBeLessThan(ENDLESS);
  for (const { sync } of pages) expect(sync.state).toBe(sync.conflicts.length > 0 ? "conflict" : "saved");
  if (!undo) {
    const known = JSON.stringify([server.entries.map((entry) => entry.commands), pages.flatMap(({ sync }) => sync.conflicts.map((one) => one.pending.commands))]);
    expect(said.filter((mark) => !known.includes(`"${mark}"`))).toEqual([]);
  }
  for (const { sync } of pages) {
    expect(sync.document).toEqual(server.map);
    for (const conflict of [...sync.conflicts]) conflict.choose("mine");
    await pass(60_000);
  }
  for (const { sync } of pages) expect(sync.document).toEqual(server.map);
  expect(new Set(server.entries.map((entry) => entry.id)).size).toBe(server.version);
}

describe("whatever the line does", () => {
  it("two pages come to the same map, and no change is lost", async () => {
    await fc.assert(fc.asyncProperty(deeds, fates, (list, plan) => play(list, plan, false)), { numRuns: 60 });
  });

  it("the same with undo", async () => {
    await fc.assert(fc.asyncProperty(deeds, fates, (list, plan) => play(list, plan, true)), { numRuns: 40 });
  });
});
