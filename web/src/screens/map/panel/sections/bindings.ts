/** Bindings while they are built: what is asked of what, and whether enough is said. */

import type { Binding, BoundQuestion, Card, Lane, LibraryItem } from "../../../../core/map/document";
import type { MapSession } from "../../../../state/mapsession.svelte";

export const QUESTIONS: readonly BoundQuestion[] = [
  "people", "share", "goes_on", "drop_off", "open", "time", "loops", "conversion", "repeat", "feedback",
];

/** The touchpoints of the library, by name. */
export const touchpointsOf = (session: MapSession): LibraryItem[] =>
  [...session.library.values()].filter((item) => item.kind === "touchpoint").sort((a, b) => a.name.localeCompare(b.name));

/** Conversion needs an end; the rest can be counted as it is. */
export const completed = (bind: Binding): boolean => bind.question !== "conversion" || bind.to !== null;

interface Where {
  card: Card;
  lane: Lane;
  step: string;
}

/** The binding for a question: of the same thing as before, else of the card's own touchpoint, else of its stage. */
export function bindingOf(question: BoundQuestion, before: Binding | null, { card, lane, step }: Where, session: MapSession): Binding {
  const own = lane.kind === "touchpoints" ? card.ref : null;
  const stage = session.document.stages.find((one) => one.steps.some((s) => s.id === step));
  const of = before ? { touchpoint: before.touchpoint, stage: before.stage } : own ? { touchpoint: own, stage: null } : { touchpoint: null, stage: stage?.id ?? null };
  return {
    question,
    ...of,
    to: question === "conversion" || question === "time" ? (before?.to ?? null) : null,
    days: question === "repeat" ? (before?.days ?? 7) : null,
    scale: question === "feedback" ? (before?.scale ?? null) : null,
  };
}
