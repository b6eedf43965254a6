/**
 * Every change to a map is a command: what applies it, and what takes it back. The twin of `desireline.maps.commands`;
 * both pass the cases of `tests/cases/commands`.
 */

import type { Command } from "../api";
import type { JourneyMap } from "../document";
import { batchOf } from "./batch";
import { cardAdd } from "./card_add";
import { cardDuplicate } from "./card_duplicate";
import { cardMove } from "./card_move";
import { cardRemove } from "./card_remove";
import { cardSet } from "./card_set";
import { laneAdd } from "./lane_add";
import { laneDuplicate } from "./lane_duplicate";
import { laneMove } from "./lane_move";
import { laneRemove } from "./lane_remove";
import { laneSet } from "./lane_set";
import { mapReplace } from "./map_replace";
import { mapSet } from "./map_set";
import { pathAdd } from "./path_add";
import { pathRemove } from "./path_remove";
import { pathSet } from "./path_set";
import { stageAdd } from "./stage_add";
import { stageDuplicate } from "./stage_duplicate";
import { stageMerge } from "./stage_merge";
import { stageMove } from "./stage_move";
import { stageRemove } from "./stage_remove";
import { stageSet } from "./stage_set";
import { stageSplit } from "./stage_split";
import { stepAdd } from "./step_add";
import { stepDuplicate } from "./step_duplicate";
import { stepMove } from "./step_move";
import { stepRemove } from "./step_remove";
import { stepSet } from "./step_set";
import { viewAdd } from "./view_add";
import { viewRemove } from "./view_remove";
import { viewSet } from "./view_set";
import type { Applied, MapCommand } from "./command";
import { Refused } from "./refused";

const every: readonly MapCommand[] = [
  mapSet, mapReplace,
  stageAdd, stageRemove, stageMove, stageSet, stageSplit, stageMerge, stageDuplicate,
  stepAdd, stepRemove, stepMove, stepSet, stepDuplicate,
  laneAdd, laneRemove, laneMove, laneSet, laneDuplicate,
  cardAdd, cardRemove, cardMove, cardSet, cardDuplicate,
  pathAdd, pathRemove, pathSet,
  viewAdd, viewRemove, viewSet,
  batchOf((map, command) => apply(map, command)),
];

export const COMMANDS: ReadonlyMap<string, MapCommand> = new Map(every.map((command) => [command.name, command]));

/** One command on a map: the new map and the inverse command. The old map is not changed. Throws `Refused`. */
export function apply(map: JourneyMap, command: Command): Applied {
  const found = COMMANDS.get(command.do);
  if (!found) throw new Refused("unknown_command", String(command.do), String(command.do));
  try {
    return found.apply(map, command);
  } catch (error) {
    if (error instanceof Refused && !error.command) throw new Refused(error.reason, error.detail, command.do);
    throw error;
  }
}

/** Commands in their order, all or none: the new map, and the commands that take them back in their order. */
export function applyAll(map: JourneyMap, commands: readonly Command[]): { map: JourneyMap; inverse: Command[] } {
  const inverse: Command[] = [];
  for (const command of commands) {
    const done = apply(map, command);
    map = done.map;
    inverse.unshift(done.inverse);
  }
  return { map, inverse };
}

export { batch } from "./batch";
export { labelOf, saidBy } from "./labels";
export { REASONS, Refused, type Reason } from "./refused";
export type { Applied, MapCommand } from "./command";
export type { Command } from "../api";
