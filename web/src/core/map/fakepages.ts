/** Pages on a map of a fake server, for tests. Time is vitest's fake time. */

import { afterEach, beforeEach, vi } from "vitest";
import type { Command } from "./api";
import { map as shape } from "./commands/shapes";
import { newCard, newLane, newStage, newStep, type JourneyMap } from "./document";
import { FakeStore, Line, type FakeServer } from "./fakeserver";
import { MapSync } from "./sync";

/** A small map. */
export const start = (): JourneyMap =>
  shape({
    id: "shop", name: "Shop",
    stages: [newStage("g1", [newStep("s1"), newStep("s2")]), newStage("g2", [newStep("s3")])],
    lanes: [newLane("act", "actions", { cells: { s1: [newCard("a1", { text: "one" }), newCard("a2", { text: "two" })], s2: [newCard("a3")] } }), newLane("txt", "text")],
  }, "");

export const text = (id: string, to: string): Command => ({ do: "card.set", id, set: { text: to } });
export const add = (id: string, step = "s1", lane = "act"): Command => ({ do: "card.add", lane, step, card: { id, text: id } });
export const textOf = (map: JourneyMap, id: string): string | undefined =>
  map.lanes.flatMap((lane) => Object.values(lane.cells).flat()).find((card) => card.id === id)?.text;
export const idsIn = (map: JourneyMap, lane: string, step: string): string[] => (map.lanes.find((one) => one.id === lane)?.cells[step] ?? []).map((card) => card.id);

export const pass = (ms = 200): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);

export interface Page {
  sync: MapSync;
  line: Line;
  store: FakeStore;
  target: EventTarget;
}

const open: MapSync[] = [];

/** A page that shows the map of a server. */
export function page(server: FakeServer, { line = new Line(), store = new FakeStore(), target = new EventTarget() }: Partial<Page> = {}): Page {
  const sync = new MapSync(server.remote(line), server.sheet(), () => undefined, { store, target });
  open.push(sync);
  return { sync, line, store, target };
}

/** Fake time for every test, and no page left open after it. */
export function inFakeTime(): void {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => {
    for (const sync of open.splice(0)) sync.close();
    vi.useRealTimers();
  });
}
