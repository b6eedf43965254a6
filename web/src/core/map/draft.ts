/** A card that is being written: it stands on the sheet, and in no document until it says something. */

import type { Card, JourneyMap } from "./document";

export interface Draft {
  card: Card;
  lane: string;
  step: string;
  at: number;
}

/** The map with the draft in its place; the map itself stays as it is. */
export function withDraft(map: JourneyMap, draft: Draft | null): JourneyMap {
  if (!draft) return map;
  return {
    ...map,
    lanes: map.lanes.map((lane) => {
      if (lane.id !== draft.lane) return lane;
      const cards = [...(lane.cells[draft.step] ?? [])];
      cards.splice(draft.at, 0, draft.card);
      return { ...lane, cells: { ...lane.cells, [draft.step]: cards } };
    }),
  };
}
