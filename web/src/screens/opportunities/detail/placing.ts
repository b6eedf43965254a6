/** Putting an opportunity on a map: a card in the row of opportunities, which is made where there is none. */

import type { Command } from "../../../core/map/api";
import type { JourneyMap } from "../../../core/map/document";

/** The commands that add a card of this id to a step; `lane` is the id of a new row. */
export function placed(map: Pick<JourneyMap, "lanes">, step: string, card: { id: string; text: string; owner: string | null }, lane: string): Command[] {
  const there = map.lanes.find((one) => one.kind === "opportunities");
  if (there) return [{ do: "card.add", lane: there.id, step, card }];
  return [{ do: "lane.add", lane: { id: lane, kind: "opportunities", cells: { [step]: [card] } } }];
}
