/** What stands in cells and paths and comes or goes with steps; and which ids are new. */

import type { Command } from "../api";
import { stepsOf, type Card, type IdealPath, type JourneyMap, type Lane, type LaneKind } from "../document";
import { find } from "./places";
import { Refused } from "./refused";
import type { Cells } from "./shapes";

/** Lanes whose cards may refer to library items; those of other lanes never do. */
export const LIBRARY_LANES: ReadonlySet<LaneKind> = new Set<LaneKind>(["touchpoints", "systems", "departments"]);

export function usedIds(map: JourneyMap): Set<string> {
  const used = new Set<string>();
  for (const stage of map.stages) {
    used.add(stage.id);
    for (const step of stage.steps) used.add(step.id);
  }
  for (const lane of map.lanes) {
    used.add(lane.id);
    for (const step in lane.cells) for (const card of lane.cells[step] as Card[]) used.add(card.id);
  }
  for (const path of map.paths) used.add(path.id);
  for (const view of map.views) used.add(view.id);
  return used;
}

/** Refuses ids that are used already, or come twice. */
export function checkNew(map: JourneyMap, ids: Iterable<string>): void {
  const used = usedIds(map);
  for (const id of ids) {
    if (used.has(id)) throw new Refused("taken_id", id);
    used.add(id);
  }
}

/** The id of a thing inside a duplicate. */
export function copyId(prefix: string, number: number): string {
  const made = `${prefix}-${number}`;
  if (made.length > 64) throw new Refused("bad_shape", "as");
  return made;
}

/** Refuses a card that its lane cannot hold. */
export function checkCard(lane: Lane, card: Card): void {
  if (lane.kind === "path" || (card.ref !== null && !LIBRARY_LANES.has(lane.kind))) throw new Refused("wrong_lane", lane.id);
}

/** Refuses steps that are not on the map. */
export function checkSteps(map: JourneyMap, steps: Iterable<string>): void {
  const known = new Set(stepsOf(map).map((step) => step.id));
  for (const step of steps) if (!known.has(step)) throw new Refused("unknown_id", step);
}

export const cardsOf = (cells: Record<string, Cells>): Card[] => Object.values(cells).flatMap((row) => Object.values(row).flat());

/** The lanes with the cards of new steps in them. */
export function filled(map: JourneyMap, cells: Record<string, Cells>, steps: Iterable<string>): Lane[] {
  const fresh = new Set(steps);
  const lanes = [...map.lanes];
  for (const [id, row] of Object.entries(cells)) {
    const [at, lane] = find(lanes, id);
    for (const [step, cards] of Object.entries(row)) {
      if (!fresh.has(step)) throw new Refused("unknown_id", step);
      for (const card of cards) checkCard(lane, card);
    }
    const full = Object.fromEntries(Object.entries(row).filter(([, cards]) => cards.length > 0));
    lanes[at] = { ...lane, cells: { ...lane.cells, ...full } };
  }
  return lanes;
}

/** The lanes without the cells of steps, and what stood in them. */
export function emptied(map: JourneyMap, steps: Iterable<string>): { lanes: Lane[]; cells: Record<string, Cells> } {
  const gone = new Set(steps);
  const taken: Record<string, Cells> = {};
  const lanes = map.lanes.map((lane) => {
    const cells = Object.entries(lane.cells);
    const out = cells.filter(([step]) => gone.has(step));
    if (out.length === 0) return lane;
    taken[lane.id] = Object.fromEntries(out);
    return { ...lane, cells: Object.fromEntries(cells.filter(([step]) => !gone.has(step))) };
  });
  return { lanes, cells: taken };
}

/** The paths without steps, empty ones left out, and the commands that bring them back. */
export function shortened(map: JourneyMap, steps: Iterable<string>): { paths: IdealPath[]; restore: Command[] } {
  const gone = new Set(steps);
  const paths: IdealPath[] = [];
  const restore: Command[] = [];
  for (const [at, path] of map.paths.entries()) {
    const kept = path.steps.filter((step) => !gone.has(step));
    if (kept.length === 0) restore.push({ do: "path.add", path, at });
    else if (kept.length === path.steps.length) paths.push(path);
    else {
      restore.push({ do: "path.set", id: path.id, set: { steps: path.steps } });
      paths.push({ ...path, steps: kept });
    }
  }
  return { paths, restore };
}

/** The inverse of a removal: one command, or a batch where paths changed too. */
export function restoring(command: Command, cells: Record<string, Cells>, restore: Command[]): Command {
  const back = Object.keys(cells).length > 0 ? { ...command, cells } : command;
  return restore.length > 0 ? { do: "batch", commands: [back, ...restore] } : back;
}

/** The lanes with copies of the cards of steps (copy by original, left to right), and the ids of the copies. */
export function copiedCells(map: JourneyMap, steps: ReadonlyMap<string, string>, prefix: string, first: number): [Lane[], string[]] {
  const ids: string[] = [];
  const lanes = map.lanes.map((lane) => {
    const cells: Cells = {};
    for (const [step, copy] of steps) {
      if (!Object.hasOwn(lane.cells, step)) continue;
      cells[copy] = (lane.cells[step] ?? []).map((card) => {
        const id = copyId(prefix, first + ids.length);
        ids.push(id);
        return { ...card, id };
      });
    }
    return Object.keys(cells).length > 0 ? { ...lane, cells: { ...lane.cells, ...cells } } : lane;
  });
  return [lanes, ids];
}
