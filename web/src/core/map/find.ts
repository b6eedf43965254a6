/** Finding things of a map by their id. */

import type { Card, JourneyMap, Lane, Stage, Step } from "./document";

export type Thing =
  | { kind: "stage"; stage: Stage; index: number }
  | { kind: "step"; step: Step; stage: Stage; index: number }
  | { kind: "lane"; lane: Lane; index: number }
  | { kind: "card"; card: Card; lane: Lane; step: string; index: number };

export type ThingKind = Thing["kind"];

/** What an id stands for, with its place among its siblings; null if it is none of these. */
export function findThing(map: JourneyMap, id: string): Thing | null {
  for (const [index, stage] of map.stages.entries()) {
    if (stage.id === id) return { kind: "stage", stage, index };
    const at = stage.steps.findIndex((step) => step.id === id);
    const step = stage.steps[at];
    if (step) return { kind: "step", step, stage, index: at };
  }
  for (const [index, lane] of map.lanes.entries()) {
    if (lane.id === id) return { kind: "lane", lane, index };
    for (const [step, cards] of Object.entries(lane.cells)) {
      const at = cards.findIndex((card) => card.id === id);
      const card = cards[at];
      if (card) return { kind: "card", card, lane, step, index: at };
    }
  }
  return null;
}

/** Whether a step has a name of its own worth a row of heads. */
export const namesSteps = (map: JourneyMap): boolean => map.stages.some((stage) => stage.steps.length > 1 || stage.steps.some((step) => step.name !== ""));

/** What a step is called: its name, else its stage's. */
export function stepName(map: JourneyMap, id: string): string {
  const thing = findThing(map, id);
  if (thing?.kind !== "step") return "";
  return thing.step.name || thing.stage.name;
}
