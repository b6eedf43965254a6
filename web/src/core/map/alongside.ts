/** Two versions of a map beside each other: what is marked on which, what an action was about, and how one follows the other. */

import type { MapSpot } from "../actions";
import { marksOf, type Mark } from "./difference";
import type { Difference } from "./api";
import type { Card, JourneyMap } from "./document";
import { columnAt, rowAt } from "./hits";
import type { Layout } from "./layout";
import { cellId } from "./places";

/** What is marked on each of the two: what is gone on the first, what came on the second, what changed on both. */
export function marksBeside(differences: readonly Difference[]): { before: Map<string, Mark>; after: Map<string, Mark> } {
  const on = (not: Difference["kind"]) => marksOf(differences.filter((one) => one.kind !== not));
  return { before: on("added"), after: on("removed") };
}

/** The things of a map that an action was about: its places, and the cards that bear its verdict. */
export function touchedOn(map: JourneyMap, action: string, places: readonly MapSpot[]): string[] {
  const cards: Card[] = map.lanes.flatMap((lane) => Object.values(lane.cells).flat());
  const judged = cards.filter((card) => card.verdicts.includes(action)).map((card) => card.id);
  const named = places.filter((place) => place.map === map.id).flatMap(({ lane, step, card }) => card ?? (lane && step ? cellId(lane, step) : (step ?? lane ?? [])));
  return [...new Set([...judged, ...named])];
}

/** The point of the second sheet that shows what the first one shows at a point: the same lane, the same step. */
export function alongside(from: Layout, to: Layout, x: number, y: number): { x: number; y: number } {
  const [row, column] = [from.rows[rowAt(from, y)], from.columns[columnAt(from, x)]];
  const lane = to.rows.find((one) => one.lane.id === row?.lane.id);
  const step = to.columns.find((one) => one.id === column?.id);
  return {
    x: step && column ? step.x + Math.min(x - column.x, step.width) : x,
    y: lane && row ? lane.y + Math.min(y - row.y, lane.height) : y,
  };
}
