/** Finding and placing things in a map without changing it. */

import type { Card, JourneyMap, Lane, Stage, Step } from "../document";
import { Refused } from "./refused";

/** A list with one more; at the end if `at` is null. */
export function inserted<T>(things: readonly T[], thing: T, at: number | null): T[] {
  if (at === null) return [...things, thing];
  if (at < 0 || at > things.length) throw new Refused("bad_position", String(at));
  return things.toSpliced(at, 0, thing);
}

export const without = <T>(things: readonly T[], index: number): T[] => things.toSpliced(index, 1);

/** Where the thing of an id stands. */
export function indexOf(things: readonly { id: string }[], id: string): number {
  const index = things.findIndex((thing) => thing.id === id);
  if (index < 0) throw new Refused("unknown_id", id);
  return index;
}

/** The thing of an id, and where it stands. */
export function find<T extends { id: string }>(things: readonly T[], id: string): [number, T] {
  const index = indexOf(things, id);
  return [index, things[index] as T];
}

export interface StepPlace {
  index: number;
  stage: Stage;
  at: number;
  step: Step;
}

/** A step, its stage, the index of the stage, and the place of the step in it. */
export function findStep(map: JourneyMap, id: string): StepPlace {
  for (const [index, stage] of map.stages.entries()) {
    const at = stage.steps.findIndex((step) => step.id === id);
    if (at >= 0) return { index, stage, at, step: stage.steps[at] as Step };
  }
  throw new Refused("unknown_id", id);
}

export interface CardPlace {
  index: number;
  lane: Lane;
  step: string;
  at: number;
  card: Card;
  cards: Card[];
}

/** A card, its lane, the index of the lane, its step, the cards of its cell and the place among them. */
export function findCard(map: JourneyMap, id: string): CardPlace {
  for (const [index, lane] of map.lanes.entries()) {
    for (const step in lane.cells) {
      const cards = lane.cells[step] as Card[];
      const at = cards.findIndex((card) => card.id === id);
      if (at >= 0) return { index, lane, step, at, card: cards[at] as Card, cards };
    }
  }
  throw new Refused("unknown_id", id);
}

/** The cards of a cell. A step may be called like something that every object has. */
export const cardsIn = (cells: Record<string, Card[]>, step: string): readonly Card[] =>
  Object.hasOwn(cells, step) ? (cells[step] ?? []) : [];

type Part = "stages" | "lanes" | "paths" | "views";

/** A map with another thing at an index. */
export const withPart = <P extends Part>(map: JourneyMap, part: P, index: number, thing: JourneyMap[P][number]): JourneyMap => ({
  ...map,
  [part]: (map[part] as JourneyMap[P][number][]).with(index, thing),
});

/** A map with other cards in a cell; an empty cell is absent. */
export function withCell(map: JourneyMap, lane: number, step: string, cards: Card[]): JourneyMap {
  const row = map.lanes[lane] as Lane;
  const { [step]: _, ...rest } = row.cells;
  const cells = cards.length === 0 ? rest : { ...row.cells, [step]: cards };
  return withPart(map, "lanes", lane, { ...row, cells });
}
