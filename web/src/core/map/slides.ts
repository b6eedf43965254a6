/** A map as slides: stage by stage, or picture by picture. */

import type { Card, JourneyMap, Lane, Stage, Step } from "./document";

export type Walk = "stages" | "story";

export type Slide =
  | { kind: "title" }
  | { kind: "stage"; stage: Stage; index: number }
  | { kind: "picture"; stage: Stage; index: number; step: Step; card: Card };

/** Cards with a picture, step by step. */
const pictures = (map: JourneyMap, step: Step): Card[] =>
  map.lanes.flatMap((lane) => (lane.kind === "images" ? (lane.cells[step.id] ?? []) : [])).filter((card) => card.image !== null);

export const hasStory = (map: JourneyMap): boolean => slidesOf(map, "story").length > 1;

/** The title first; then every stage, or every picture of the storyboard. */
export function slidesOf(map: JourneyMap, walk: Walk): Slide[] {
  const slides = map.stages.flatMap((stage, index): Slide[] =>
    walk === "stages"
      ? [{ kind: "stage", stage, index }]
      : stage.steps.flatMap((step) => pictures(map, step).map((card) => ({ kind: "picture" as const, stage, index, step, card }))),
  );
  return [{ kind: "title" }, ...slides];
}

/** What a slide shows of a lane: the cards of its steps, those that began before and reach into them included. */
export function cardsOf(map: JourneyMap, lane: Lane, steps: readonly Step[]): Card[] {
  const order = map.stages.flatMap((stage) => stage.steps.map((step) => step.id));
  const [from, to] = [order.indexOf(steps[0]?.id ?? ""), order.indexOf(steps.at(-1)?.id ?? "")];
  return order.slice(0, to + 1).flatMap((step, i) => (lane.cells[step] ?? []).filter((card) => i + card.span > from));
}

const FORWARD = new Set(["ArrowRight", "ArrowDown", "PageDown", " ", "Enter"]);
const BACK = new Set(["ArrowLeft", "ArrowUp", "PageUp", "Backspace"]);

/** Where a key leads from a slide; null if it is not for walking. */
export function walked(at: number, count: number, key: string, shift = false): number | null {
  const to = key === "Home" ? 0 : key === "End" ? count - 1 : BACK.has(key) || (key === " " && shift) ? at - 1 : FORWARD.has(key) ? at + 1 : null;
  return to === null ? null : Math.max(0, Math.min(count - 1, to));
}
