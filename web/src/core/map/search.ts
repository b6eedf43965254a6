/** Finding words in a map: stages and steps from left to right, then the lanes from top to bottom. */

import type { Card, JourneyMap, Lane } from "./document";
import { contains } from "./portfolio";

export interface Names {
  /** What a card is called. */
  card: (card: Card) => string;
  lane: (lane: Lane) => string;
}

/** Ids of the things that hold every word, in reading order. */
export function search(map: JourneyMap, wanted: string, names: Names): string[] {
  if (!wanted.trim()) return [];
  const found: string[] = [];
  const look = (id: string, ...texts: (string | null | undefined)[]) => {
    if (contains(texts.filter(Boolean).join(" "), wanted)) found.push(id);
  };
  for (const stage of map.stages) {
    look(stage.id, stage.name, stage.description, stage.owner);
    for (const step of stage.steps) look(step.id, step.name, step.description, step.owner, ...step.tags);
  }
  const steps = map.stages.flatMap((stage) => stage.steps);
  for (const lane of map.lanes) {
    look(lane.id, names.lane(lane));
    for (const step of steps) for (const card of lane.cells[step.id] ?? []) look(card.id, names.card(card), card.text, card.owner, card.url, ...card.tags, card.hand_off?.asked_twice);
  }
  return found;
}

/** What the cards of a map can be filtered by. */
export function filterable(map: JourneyMap, channelOf: (item: string) => string | null): { channels: string[]; tags: string[]; owners: string[] } {
  const [channels, tags, owners] = [new Set<string>(), new Set<string>(), new Set<string>()];
  for (const lane of map.lanes) {
    if (lane.channel) channels.add(lane.channel);
    for (const card of Object.values(lane.cells).flat()) {
      const channel = lane.kind === "touchpoints" && card.ref ? channelOf(card.ref) : null;
      if (channel) channels.add(channel);
      for (const tag of card.tags) tags.add(tag);
      if (card.owner) owners.add(card.owner);
    }
  }
  return { channels: [...channels], tags: [...tags].sort(), owners: [...owners].sort() };
}

/** The place after (1) or before (-1) the one shown, around the ends; `at` -1 is none yet. */
export const around = (at: number, by: 1 | -1, of: number): number => (of === 0 ? -1 : at < 0 ? (by > 0 ? 0 : of - 1) : (at + by + of) % of);
