/** Differences between two maps in few words: what, where, from which value to which. */

import type { Difference } from "./api";

/** Fields with a name of their own on the screen, `map.diff.field.<name>`. */
export const NAMED_FIELDS = [
  "name", "kind", "status", "life_cycle", "goal", "scope", "definition", "owner", "review", "languages", "tags", "parent", "description", "measures",
  "optional", "title", "channel", "recipe", "text", "span", "ref", "value", "unit", "star", "bind", "ratings", "hand_off", "image", "link", "url", "verdicts", "kpi", "steps", "people", "share",
] as const;
export type NamedField = (typeof NAMED_FIELDS)[number];

export const namedField = (field: string | null): NamedField | null => NAMED_FIELDS.find((one) => one === field) ?? null;

/** The thing itself: the last part of where it stands. */
export const thingOf = (difference: Difference): string => difference.where.at(-1) ?? "";

/** Where it stands, without the thing itself. */
export const placeOf = (difference: Difference): string => difference.where.slice(0, -1).filter(Boolean).join(" › ");

export type Told = { kind: "nothing" } | { kind: "text"; text: string } | { kind: "yes" } | { kind: "no" } | { kind: "number"; number: number };

/** A value as it can be told; of what has no words of its own, the words within it. */
export function told(value: unknown): Told {
  if (value === null || value === undefined || value === "") return { kind: "nothing" };
  if (typeof value === "boolean") return { kind: value ? "yes" : "no" };
  if (typeof value === "number") return { kind: "number", number: value };
  const text = typeof value === "string" ? value : words(value).join(", ");
  return text ? { kind: "text", text } : { kind: "nothing" };
}

function words(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(words);
  if (value !== null && typeof value === "object") return Object.values(value).flatMap(words);
  return value === null || value === undefined || value === "" ? [] : [String(value)];
}

/** Numbers of each kind, for the summary. */
export const tally = (differences: readonly Difference[]): Map<Difference["kind"], number> => {
  const counts = new Map<Difference["kind"], number>();
  for (const { kind } of differences) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  return counts;
};
