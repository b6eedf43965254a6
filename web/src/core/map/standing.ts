/** Where a touchpoint stands on a map, and where a card about it belongs. */

import { newId } from "./ids";
import type { Command } from "./api";
import type { JourneyMap, LibraryItem } from "./document";

export interface Standing {
  step: string;
  /** The card that the touchpoint measures; null where only its stage is on the map. */
  card: string | null;
  stage: string;
  /** The stage's number, from 1. */
  number: number;
}

interface Drawn extends Pick<JourneyMap, "stages" | "lanes"> {
  library: readonly Pick<LibraryItem, "id" | "kind" | "measures">[];
}

/** The first card that a touchpoint measures, else the first step of its stage; null where neither is on the map. */
export function standing(map: Drawn, touchpoint: string, stageName: string | null): Standing | null {
  const items = new Set(map.library.filter((item) => item.kind === "touchpoint" && item.measures.includes(touchpoint)).map((item) => item.id));
  for (const [at, stage] of map.stages.entries()) {
    for (const step of stage.steps) {
      for (const lane of map.lanes) {
        const card = (lane.cells[step.id] ?? []).find((one) => (one.ref !== null && items.has(one.ref)) || (one.bind?.touchpoint != null && items.has(one.bind.touchpoint)));
        if (card) return { step: step.id, card: card.id, stage: stage.name, number: at + 1 };
      }
    }
  }
  const at = map.stages.findIndex((stage) => stageName !== null && (stage.measures === stageName || stage.name === stageName));
  const [stage, step] = [map.stages[at], map.stages[at]?.steps[0]];
  return stage && step ? { step: step.id, card: null, stage: stage.name, number: at + 1 } : null;
}

/** The commands that put a card among the pain points of a step; the lane is made where there is none. */
export function painPoint(map: Pick<JourneyMap, "lanes">, step: string, text: string, url: string): { card: string; commands: Command[] } {
  const card = { id: newId(), text, url };
  const lane = map.lanes.find((one) => one.kind === "pain_points");
  if (lane) return { card: card.id, commands: [{ do: "card.add", lane: lane.id, step, card }] };
  return { card: card.id, commands: [{ do: "lane.add", lane: { id: newId(), kind: "pain_points", cells: { [step]: [card] } } }] };
}
