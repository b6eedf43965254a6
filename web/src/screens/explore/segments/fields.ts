/** What a condition can be about, and the values that are known of it. */

import type { Dimensions, Status } from "../../../core/types";

export const EVENT_FIELDS = ["channel", "source", "stage", "touchpoint", "event", "value", "score", "text"] as const;
export type EventField = (typeof EVENT_FIELDS)[number];

export const isEventField = (field: string): field is EventField => (EVENT_FIELDS as readonly string[]).includes(field);

/** The fields to choose from: of events, the known traits, and a property to be named. */
export function fieldsOf(known: Dimensions | null): string[] {
  const traits = Object.keys(known?.traits ?? {}).map((name) => `trait.${name}`);
  return [...EVENT_FIELDS.filter((field) => field !== "stage" || (known?.stages.length ?? 0) > 0), ...traits];
}

export function valuesOf(field: string, known: Dimensions | null, status: Status | null): string[] {
  if (!known) return [];
  switch (field) {
    case "channel":
      return known.channels;
    case "source":
      return status?.sources.map((source) => source.name) ?? [];
    case "stage":
      return known.stages;
    case "touchpoint":
      return known.touchpoints;
    case "event":
      return known.event_names;
    default:
      return field.startsWith("trait.") ? (known.traits[field.slice("trait.".length)] ?? []) : [];
  }
}

/** What a step can be, as the server looks it up: touchpoints, stages, goals, event names. */
export const stepsOf = (known: Dimensions | null): string[] =>
  known ? [...new Set([...known.touchpoints, ...known.stages, ...known.goals, ...known.event_names])] : [];
