import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Refused } from "./commands";
import { stepsOf } from "./document";
import { add, inFakeTime, page, pass, start, text, type Page } from "./fakepages";
import { ENDLESS, FakeServer, Line, type Fate, type FakeStore } from "./fakeserver";

inFakeTime();

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
