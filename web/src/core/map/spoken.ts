/** Where on a map people were asked: the measured touchpoints of a step. */

import type { LibraryItem, JourneyMap } from "./document";

/** Touchpoints of the definition that measure the touchpoint cards of a step; an item without any is looked up by its name. */
export function measuredAt(map: Pick<JourneyMap, "lanes">, library: ReadonlyMap<string, Pick<LibraryItem, "name" | "measures">>, step: string): string[] {
  const items = map.lanes.filter((lane) => lane.kind === "touchpoints").flatMap((lane) => (lane.cells[step] ?? []).flatMap((card) => (card.ref ? [library.get(card.ref)] : [])));
  return [...new Set(items.flatMap((item) => (item ? (item.measures.length ? item.measures : [item.name]) : [])))];
}
