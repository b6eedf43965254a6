/** Cards moved by keys: at once with Alt, or picked up, carried and put down; nothing changes before they are put down. */

import { nextSlot, slotAt } from "../../../core/map/hits";
import { t } from "../../../state/i18n.svelte";
import { announce } from "../../../state/live.svelte";
import { moveTo } from "./doing";
import type { Carried, Grid } from "./grid.svelte";
import { laneTitle, spoken, stepTitle } from "./words";

function held(grid: Grid, id: string): Carried | null {
  const place = grid.places.get(id);
  const ids = new Set([...grid.targets(id)].filter((one) => grid.thing(one)?.kind === "card"));
  const slot = place ? slotAt(grid.layout, place.row, place.column, place.item, ids) : null;
  return slot ? { ids, grabbed: id, slot } : null;
}

/** Picks a card up, with the others that are selected. */
export function carry(grid: Grid, id: string): void {
  grid.carried = held(grid, id);
  if (grid.carried) announce(t("map.said.picked_up", { name: spoken(grid.session, id) }));
}

/** Moves a card one place in the direction of an arrow. */
export function pushCards(grid: Grid, id: string, arrow: string): void {
  const from = held(grid, id);
  if (!from) return;
  const slot = nextSlot(grid.layout, from.slot, arrow, from.ids);
  if (slot === from.slot) return announce(t("map.said.edge"));
  moveTo(grid, from.ids, id, slot);
}

/** A key while something is carried; true if it meant something. */
export function carryKey(grid: Grid, key: string): boolean {
  const { carried } = grid;
  if (!carried) return false;
  if (key.startsWith("Arrow")) {
    const slot = nextSlot(grid.layout, carried.slot, key, carried.ids);
    if (slot === carried.slot) announce(t("map.said.edge"));
    else over(grid, { ...carried, slot });
  } else if (key === " " || key === "Enter") {
    grid.carried = null;
    moveTo(grid, carried.ids, carried.grabbed, carried.slot);
  } else if (key === "Escape" || key === "Tab") {
    putBack(grid);
  } else {
    return false;
  }
  return true;
}

export function putBack(grid: Grid): void {
  if (!grid.carried) return;
  const { grabbed } = grid.carried;
  grid.carried = null;
  announce(t("map.said.put_back", { name: spoken(grid.session, grabbed) }));
  void grid.go(grabbed);
}

function over(grid: Grid, carried: Carried): void {
  grid.carried = carried;
  const { slot } = carried;
  const lane = grid.session.document.lanes.find((l) => l.id === slot.lane);
  announce(t("map.said.over", { step: stepTitle(grid.session, slot.step), lane: lane ? laneTitle(lane) : "", at: slot.at + 1, of: slot.of + carried.ids.size }));
  grid.show(`${slot.lane}:${slot.step}`);
}
