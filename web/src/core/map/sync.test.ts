import { describe, expect, it } from "vitest";
import { Refused } from "./commands";
import { newStage, newStep, stepsOf } from "./document";
import { add, idsIn, inFakeTime, page, pass, start, text, textOf, type Page } from "./fakepages";
import { FakeServer, Line, type Fate } from "./fakeserver";

inFakeTime();

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

  it("is not offered again for what was set after theirs was seen", async () => {
    const { server, two } = await collision();
    two.line.down = true;
    two.sync.run(text("a1", "on purpose"));
    two.sync.close();
    const again = page(server, { store: two.store });
    await pass(1000);
    expect(textOf(server.map, "a1")).toBe("on purpose");
    expect(again.sync.conflicts.map((one) => one.mine)).toEqual(["later"]);
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
    const again = page(server).sync;
    await pass(1000);
    expect([await again.redo(), textOf(again.document, "a1")]).toEqual([true, "v0"]);
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
