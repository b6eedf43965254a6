/** Everything that can be done to a thing of the map, with its keys: the context menu, the keyboard and the list of keys read this. */

import type { Key } from "../../../core/i18n";
import type { ThingKind } from "../../../core/map/find";
import { cellOf } from "../../../core/map/places";
import { t } from "../../../state/i18n.svelte";
import { copy, cut, paste } from "./clipboard";
import { addCard, addStage, addStep, duplicate, fold, nudgeEmotion, push, remove, resize, toggleStar } from "./doing";
import type { Grid } from "./grid.svelte";
import { carry, pushCards } from "./carrying";
import { spoken } from "./words";
import { commentOn } from "../comments/commenting.svelte";

export type Target = ThingKind | "cell";

export interface Action {
  label: Key;
  keys: readonly string[];
  on: readonly Target[];
  /** Separated by lines in the menu. */
  group: "open" | "new" | "move" | "size" | "clip" | "remove";
  can?: (grid: Grid, id: string) => boolean;
  run: (grid: Grid, id: string) => void;
  /** Left out of the menu, where another entry says the same. */
  silent?: boolean;
}

const THINGS = ["card", "step", "stage", "lane"] as const;
const lane = (grid: Grid, id: string) => {
  const thing = grid.thing(id);
  return thing?.kind === "card" || thing?.kind === "lane" ? thing.lane : undefined;
};

function edit(grid: Grid, id: string): void {
  if (cellOf(id)) return addCard(grid, id);
  grid.session.select([id]);
  grid.editing = id;
}

function split(grid: Grid, id: string): void {
  const thing = grid.thing(id);
  if (thing?.kind !== "step") return;
  const stage = grid.session.newId();
  const done = grid.session.run(
    { do: "stage.split", id: thing.stage.id, at: thing.index, new: { id: stage, name: thing.step.name } },
    { announce: t("map.said.split", { name: spoken(grid.session, id) }) },
  );
  if (done) void grid.go(stage);
}

function merge(grid: Grid, id: string): void {
  const thing = grid.thing(id);
  const before = thing?.kind === "stage" ? grid.session.document.stages[thing.index - 1] : undefined;
  if (before && grid.session.run({ do: "stage.merge", id }, { announce: t("map.said.merged") })) void grid.go(before.id);
}

const moves = (keys: string, label: Key, by: 1 | -1, arrow: string, on: readonly Target[]): Action => ({
  label, keys: [keys], on, group: "move", silent: true,
  run: (grid, id) => (grid.thing(id)?.kind === "card" ? pushCards(grid, id, arrow) : push(grid, id, by)),
});

export const ACTIONS: readonly Action[] = [
  { label: "map.do.edit", keys: ["Enter", "F2"], on: ["card", "step", "stage", "lane"], group: "open", run: edit },
  { label: "map.do.add_here", keys: ["Enter"], on: ["cell"], group: "open", run: edit, silent: true },
  { label: "map.do.details", keys: ["i"], on: THINGS, group: "open", run: (grid, id) => {
    if (!grid.session.selection.has(id)) grid.session.select([id]);
    grid.session.panel = true;
  } },
  { label: "map.do.people", keys: ["alt+Enter"], on: ["card", "stage"], group: "open", run: (grid, id) => grid.element(id)?.querySelector<HTMLElement>("button.figure")?.click(),
    can: (grid, id) => grid.element(id)?.querySelector("button.figure") != null },
  { label: "map.do.comment", keys: ["k"], on: THINGS, group: "open", run: (_, id) => commentOn(id) },
  { label: "map.do.fold", keys: ["c"], on: ["lane"], group: "open", run: fold },
  { label: "map.do.add_card", keys: ["n", "Insert"], on: ["card", "cell"], group: "new", run: addCard },
  { label: "map.do.add_step", keys: ["n", "Insert"], on: ["step"], group: "new", run: addStep },
  { label: "map.do.add_step_in", keys: ["shift+n", "shift+Insert"], on: ["stage"], group: "new", run: addStep },
  { label: "map.do.add_stage", keys: ["n", "Insert"], on: ["stage"], group: "new", run: addStage },
  { label: "map.do.add_lane", keys: ["n", "Insert"], on: ["lane"], group: "new", run: (grid, id) => (grid.addingAfter = id) },
  { label: "map.do.duplicate", keys: ["mod+d"], on: THINGS, group: "new", run: duplicate },
  { label: "map.do.star", keys: ["*", "shift+*"], on: ["card"], group: "open", run: toggleStar },
  { label: "map.do.carry", keys: [" "], on: ["card"], group: "move", run: carry },
  moves("alt+ArrowLeft", "map.do.left", -1, "ArrowLeft", ["card", "step", "stage"]),
  moves("alt+ArrowRight", "map.do.right", 1, "ArrowRight", ["card", "step", "stage"]),
  moves("alt+ArrowUp", "map.do.up", -1, "ArrowUp", ["card", "lane"]),
  moves("alt+ArrowDown", "map.do.down", 1, "ArrowDown", ["card", "lane"]),
  { label: "map.do.split", keys: ["shift+Enter"], on: ["step"], group: "move", run: split, can: (grid, id) => {
    const thing = grid.thing(id);
    return thing?.kind === "step" && thing.index > 0;
  } },
  { label: "map.do.merge", keys: ["shift+Enter"], on: ["stage"], group: "move", run: merge, can: (grid, id) => {
    const thing = grid.thing(id);
    return thing?.kind === "stage" && thing.index > 0;
  } },
  { label: "map.do.wider", keys: ["alt+shift+ArrowRight"], on: ["card", "step"], group: "size", run: (grid, id) => resize(grid, id, 1) },
  { label: "map.do.narrower", keys: ["alt+shift+ArrowLeft"], on: ["card", "step"], group: "size", run: (grid, id) => resize(grid, id, -1) },
  { label: "map.do.taller", keys: ["alt+shift+ArrowDown"], on: ["lane"], group: "size", run: (grid, id) => resize(grid, id, 1) },
  { label: "map.do.shorter", keys: ["alt+shift+ArrowUp"], on: ["lane"], group: "size", run: (grid, id) => resize(grid, id, -1) },
  { label: "map.do.better", keys: ["+", "shift++"], on: ["card"], group: "size", run: (grid, id) => nudgeEmotion(grid, id, 0.5), can: (grid, id) => lane(grid, id)?.kind === "emotion" },
  { label: "map.do.worse", keys: ["-"], on: ["card"], group: "size", run: (grid, id) => nudgeEmotion(grid, id, -0.5), can: (grid, id) => lane(grid, id)?.kind === "emotion" },
  { label: "map.do.cut", keys: ["mod+x"], on: THINGS, group: "clip", run: cut },
  { label: "map.do.copy", keys: ["mod+c"], on: THINGS, group: "clip", run: copy },
  { label: "map.do.paste", keys: ["mod+v"], on: [...THINGS, "cell"], group: "clip", run: (grid, id) => void paste(grid, id) },
  { label: "map.do.remove", keys: ["Delete", "Backspace"], on: THINGS, group: "remove", run: remove },
];

export function kindOf(grid: Grid, id: string): Target | null {
  return cellOf(id) ? "cell" : (grid.thing(id)?.kind ?? null);
}

/** What can be done to a thing now, in the order of the menu. */
export function actionsFor(grid: Grid, id: string): Action[] {
  const kind = kindOf(grid, id);
  if (!kind || grid.session.readonly) return [];
  return ACTIONS.filter((action) => action.on.includes(kind) && (action.can?.(grid, id) ?? true));
}

/** The action of a key on a thing. Copy, cut and paste come as events of their own. */
export const actionOf = (grid: Grid, id: string, key: string): Action | undefined =>
  actionsFor(grid, id).find((action) => action.group !== "clip" && action.keys.includes(key));
