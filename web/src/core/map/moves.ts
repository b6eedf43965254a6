/** What a drag, a key or a menu does to a map, as commands. Nothing here changes a document. */

import type { Command } from "./api";
import type { JourneyMap } from "./document";
import { findThing, type Thing } from "./find";

type CardThing = Extract<Thing, { kind: "card" }>;

export interface CardTarget {
  lane: string;
  step: string;
  /** The card that comes next; null at the end of the cell. */
  before: string | null;
}

/** Cards among the ids, in the order of the sheet: lane by lane, step by step, top to bottom. */
export function cardsInOrder(map: JourneyMap, ids: ReadonlySet<string>): CardThing[] {
  const steps = map.stages.flatMap((stage) => stage.steps.map((step) => step.id));
  return map.lanes.flatMap((lane) =>
    steps.flatMap((step) => (lane.cells[step] ?? []).flatMap((card, index) => (ids.has(card.id) ? [{ kind: "card" as const, card, lane, step, index }] : []))),
  );
}

/** Cells as lists of ids that follow the moves made so far, because `at` counts after each of them. */
class Cells {
  readonly #lists = new Map<string, { before: readonly string[]; now: string[] }>();

  constructor(readonly map: JourneyMap) {}

  #list(lane: string, step: string): string[] {
    const key = `${lane}:${step}`;
    const known = this.#lists.get(key);
    if (known) return known.now;
    const before = (this.map.lanes.find((l) => l.id === lane)?.cells[step] ?? []).map((card) => card.id);
    const now = [...before];
    this.#lists.set(key, { before, now });
    return now;
  }

  move(card: CardThing, lane: string, step: string, before: string | null): Command {
    const old = this.#list(card.lane.id, card.step);
    old.splice(old.indexOf(card.card.id), 1);
    const next = this.#list(lane, step);
    const found = before === null ? -1 : next.indexOf(before);
    const at = found < 0 ? next.length : found;
    next.splice(at, 0, card.card.id);
    return { do: "card.move", id: card.card.id, lane, step, at };
  }

  get changed(): boolean {
    return [...this.#lists.values()].some(({ before, now }) => before.join() !== now.join());
  }
}

/**
 * Moves cards: the grabbed one and its neighbours of the same cell to the target, the others as far sideways and down as
 * it went. Cards that would leave the sheet stop at its edge.
 */
export function moveCards(map: JourneyMap, ids: ReadonlySet<string>, grabbed: string, to: CardTarget): Command[] {
  const steps = map.stages.flatMap((stage) => stage.steps.map((step) => step.id));
  const lanes = map.lanes.map((lane) => lane.id);
  const moved = cardsInOrder(map, ids);
  const held = moved.find((thing) => thing.card.id === grabbed);
  if (!held) return [];
  const right = steps.indexOf(to.step) - steps.indexOf(held.step);
  const down = lanes.indexOf(to.lane) - lanes.indexOf(held.lane.id);
  const cells = new Cells(map);
  const commands = moved.map((thing) => {
    if (thing.lane.id === held.lane.id && thing.step === held.step) return cells.move(thing, to.lane, to.step, to.before);
    const step = steps[Math.max(0, Math.min(steps.length - 1, steps.indexOf(thing.step) + right))] ?? thing.step;
    const lane = lanes[Math.max(0, Math.min(lanes.length - 1, lanes.indexOf(thing.lane.id) + down))] ?? thing.lane.id;
    return cells.move(thing, lane, step, null);
  });
  return cells.changed ? commands : [];
}

/** Removes things; a step or stage takes its cards along, so these are not named twice. The last step of a stage goes with its stage. */
export function removeThings(map: JourneyMap, ids: ReadonlySet<string>): Command[] {
  const stages = map.stages.filter((stage) => ids.has(stage.id) || stage.steps.every((step) => ids.has(step.id)));
  const gone = new Set(stages.flatMap((stage) => stage.steps.map((step) => step.id)));
  const steps = map.stages.flatMap((stage) => stage.steps.filter((step) => ids.has(step.id) && !gone.has(step.id)));
  for (const step of steps) gone.add(step.id);
  const lanes = new Set(map.lanes.filter((lane) => ids.has(lane.id)).map((lane) => lane.id));
  const cards = cardsInOrder(map, ids).filter((thing) => !gone.has(thing.step) && !lanes.has(thing.lane.id));
  return [
    ...cards.map(({ card }) => ({ do: "card.remove", id: card.id })),
    ...[...lanes].map((id) => ({ do: "lane.remove", id })),
    ...steps.map(({ id }) => ({ do: "step.remove", id })),
    ...stages.map(({ id }) => ({ do: "stage.remove", id })),
  ];
}

/** Duplicates things, each right after its original; the new ids come back in the same order. */
export function duplicateThings(map: JourneyMap, ids: ReadonlySet<string>, newId: () => string): { commands: Command[]; as: string[] } {
  const things = [...ids].map((id) => findThing(map, id)).filter((thing) => thing !== null);
  const inCell = new Map<string, number>();
  const cards = cardsInOrder(map, ids).map((thing): Command => {
    const cell = `${thing.lane.id}:${thing.step}`;
    const earlier = inCell.get(cell) ?? 0;
    inCell.set(cell, earlier + 1);
    return { do: "card.duplicate", id: thing.card.id, at: thing.index + 1 + earlier };
  });
  const others = things.flatMap((thing): Command[] => {
    if (thing.kind === "stage") return [{ do: "stage.duplicate", id: thing.stage.id }];
    if (thing.kind === "step") return [{ do: "step.duplicate", id: thing.step.id }];
    return thing.kind === "lane" ? [{ do: "lane.duplicate", id: thing.lane.id }] : [];
  });
  const made = [...cards, ...others].map((command) => ({ ...command, as: newId() }));
  return { commands: made, as: made.map((command) => command.as) };
}

/** One place further for a step (over the edge of its stage into the next), a stage or a lane; none at the end. */
export function nudge(map: JourneyMap, id: string, by: 1 | -1, hidden: ReadonlySet<string> = new Set()): Command[] {
  const thing = findThing(map, id);
  if (thing?.kind === "stage") return within(thing.index + by, map.stages.length) ? [{ do: "stage.move", id, at: thing.index + by }] : [];
  if (thing?.kind === "lane") {
    let at = thing.index + by;
    while (within(at, map.lanes.length) && hidden.has(map.lanes[at]?.id ?? "")) at += by;
    return within(at, map.lanes.length) ? [{ do: "lane.move", id, at }] : [];
  }
  if (thing?.kind !== "step") return [];
  const at = thing.index + by;
  if (within(at, thing.stage.steps.length)) return [{ do: "step.move", id, stage: thing.stage.id, at }];
  const next = map.stages[map.stages.indexOf(thing.stage) + by];
  return next ? [{ do: "step.move", id, stage: next.id, at: by > 0 ? 0 : next.steps.length }] : [];
}

const within = (at: number, count: number): boolean => at >= 0 && at < count;

/**
 * Moves the right edge of a stage to stand after `columns` columns of the sheet. Into the stage: the steps beyond become
 * a stage of their own. Over the whole next stage: the two become one. Over some of its steps: these join.
 */
export function moveEdge(map: JourneyMap, stage: string, columns: number, newId: () => string, name: string): Command[] {
  const index = map.stages.findIndex((s) => s.id === stage);
  const [mine, next] = [map.stages[index], map.stages[index + 1]];
  if (!mine) return [];
  const first = map.stages.slice(0, index).reduce((sum, s) => sum + s.steps.length, 0);
  const keep = columns - first;
  if (keep >= 1 && keep < mine.steps.length) return [{ do: "stage.split", id: stage, at: keep, new: { id: newId(), name } }];
  const joined = keep - mine.steps.length;
  if (!next || joined < 1) return [];
  if (joined >= next.steps.length) return [{ do: "stage.merge", id: next.id }];
  return next.steps.slice(0, joined).map((step, i) => ({ do: "step.move", id: step.id, stage, at: mine.steps.length + i }));
}
