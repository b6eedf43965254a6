/** Changes of fields as commands. */

import type { Card, Lane, Stage, Step } from "../../../core/map/document";
import type { MapSession } from "../../../state/mapsession.svelte";

export const setCard = (session: MapSession, card: Card, set: Partial<Card>): boolean => session.run({ do: "card.set", id: card.id, set });
export const setStep = (session: MapSession, step: Step, set: Partial<Step>): boolean => session.run({ do: "step.set", id: step.id, set });
export const setStage = (session: MapSession, stage: Stage, set: Partial<Stage>): boolean => session.run({ do: "stage.set", id: stage.id, set });
export const setLane = (session: MapSession, lane: Lane, set: Partial<Lane>): boolean => session.run({ do: "lane.set", id: lane.id, set });
export const setMap = (session: MapSession, set: Record<string, unknown>): boolean => session.run({ do: "map.set", set });

/** An empty text is no value. */
export const orNull = (text: string): string | null => text.trim() || null;

/** A number as it is typed, with a point or a comma; null if it is none. */
export function numberOf(text: string): number | null {
  const value = Number(text.trim().replace(",", "."));
  return text.trim() === "" || !Number.isFinite(value) ? null : value;
}

const unique = (words: (string | null)[]): string[] => [...new Set(words.filter((word): word is string => Boolean(word)))].sort();

/** Owners named anywhere on the map. */
export function ownersOf({ document: map }: MapSession): string[] {
  const cards = map.lanes.flatMap((lane) => Object.values(lane.cells).flat());
  return unique([map.owner, ...map.stages.flatMap((stage) => [stage.owner, ...stage.steps.map((step) => step.owner)]), ...cards.map((card) => card.owner)]);
}

/** Tags in use anywhere on the map. */
export function tagsOf({ document: map }: MapSession): string[] {
  const cards = map.lanes.flatMap((lane) => Object.values(lane.cells).flat());
  return unique([...map.tags, ...map.stages.flatMap((stage) => stage.steps.flatMap((step) => step.tags)), ...cards.flatMap((card) => card.tags)]);
}
