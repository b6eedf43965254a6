/** Keys of the grid. One thing has the focus; arrows walk, the rest is in the table of actions. */

import { between, idAt, placeOf, walk, WALKS, type Walk } from "../../../core/map/places";
import { announce } from "../../../state/live.svelte";
import { t } from "../../../state/i18n.svelte";
import { actionOf } from "./actions";
import { carryKey } from "./carrying";
import { selectAll } from "./choosing";
import type { Grid } from "./grid.svelte";

/** How a key press is written in the table of actions. */
export function keyName(event: KeyboardEvent): string {
  const mod = event.ctrlKey || event.metaKey ? "mod+" : "";
  const alt = event.altKey ? "alt+" : "";
  const shift = event.shiftKey ? "shift+" : "";
  return mod + alt + shift + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
}

/** Handles a key on the grid; true if it meant something. */
export function onKey(grid: Grid, event: KeyboardEvent): boolean {
  const { session } = grid;
  const target = event.target as HTMLElement;
  if (grid.editing || target.matches("input, textarea, select")) return false;
  const key = keyName(event);
  if (carryKey(grid, key)) return true;
  const inside = target.dataset["id"] === undefined;
  if (inside) return key === "Escape" ? leave(grid) : false;
  const id = session.focus;
  if (id === null) return false;
  if (WALKS.has(key)) return step(grid, key as Walk, false);
  if (key.startsWith("shift+Arrow")) return step(grid, key.slice(6) as Walk, true);
  if (key === "Escape") return clear(grid);
  if (key === "mod+a") return selectAll(grid);
  if (key === "ContextMenu" || key === "shift+F10") return openMenu(grid, id);
  if (session.readonly) return false;
  const action = actionOf(grid, id, key);
  action?.run(grid, id);
  return action !== undefined;
}

/** Walks; with `extend` what lies between is selected. */
function step(grid: Grid, key: Walk, extend: boolean): boolean {
  const { session } = grid;
  const from = session.focus === null ? null : placeOf(grid.layout, grid.places, session.focus);
  if (!from) return false;
  const next = walk(grid.layout, from, key, grid.steps);
  const id = idAt(grid.layout, next);
  if (id === null) return true;
  if (extend) {
    grid.anchor ??= session.focus;
    const anchor = grid.anchor === null ? null : placeOf(grid.layout, grid.places, grid.anchor);
    session.select(between(grid.layout, anchor ?? from, next));
    announce(t("map.said.selected", { n: session.selection.size }));
  } else {
    grid.anchor = id;
    session.select(id.includes(":") ? [] : [id]);
  }
  void grid.go(id);
  return true;
}

/** From a button inside a card back to the card. */
function leave(grid: Grid): boolean {
  void grid.go(grid.session.focus);
  return true;
}

function clear(grid: Grid): boolean {
  if (grid.session.selection.size === 0) return false;
  grid.session.select([]);
  return true;
}

/** Opens the context menu at the thing in focus. */
export function openMenu(grid: Grid, id: string): boolean {
  const box = grid.element(id)?.getBoundingClientRect();
  if (!box) return false;
  grid.menu = { id, x: box.left + Math.min(24, box.width / 2), y: Math.min(box.bottom, innerHeight - 40) };
  return true;
}
