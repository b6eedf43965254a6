/** Selecting by click, by Shift and Ctrl, all at once. */

import { between, placeOf } from "../../../core/map/places";
import { announce } from "../../../state/live.svelte";
import { t } from "../../../state/i18n.svelte";
import type { Grid } from "./grid.svelte";

/** A press on a thing: alone, one more or less with Ctrl, everything from the last with Shift. */
export function choose(grid: Grid, id: string, event: { ctrlKey: boolean; metaKey: boolean; shiftKey: boolean }): void {
  const { session } = grid;
  if (event.ctrlKey || event.metaKey) {
    if (!session.selection.delete(id)) session.selection.add(id);
    grid.anchor = id;
  } else if (event.shiftKey && grid.anchor !== null) {
    const [a, b] = [placeOf(grid.layout, grid.places, grid.anchor), placeOf(grid.layout, grid.places, id)];
    if (a && b) session.select(between(grid.layout, a, b));
  } else {
    session.select(id.includes(":") ? [] : [id]);
    grid.anchor = id;
  }
}

/** All cards that are shown. */
export function selectAll(grid: Grid): boolean {
  grid.session.select(grid.layout.rows.flatMap((row) => row.cards.map((placed) => placed.card.id)));
  announce(t("map.said.selected", { n: grid.session.selection.size }));
  return true;
}
