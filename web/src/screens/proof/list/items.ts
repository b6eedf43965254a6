/** Experiments and befores/afters as one list, by how they stand. */

import { phaseOf, type BeforeAfter, type Experiment } from "../../../core/proof";
import type { Kind } from "../address";

export type Item = { kind: "experiments"; of: Experiment } | { kind: "before-after"; of: BeforeAfter };
export const STANDS = ["running", "planned", "ended"] as const;
export type Stand = (typeof STANDS)[number];

const standOf = (item: Item, today: string): Stand => (item.kind === "before-after" ? phaseOf(item.of, today) : item.of.status === "draft" ? "planned" : item.of.status);

/** Those of a kind, all for null: what runs, what is to come, what is over; the newest first. */
export function grouped(experiments: readonly Experiment[], beforeAfters: readonly BeforeAfter[], kind: Kind | null, today: string): { stand: Stand; items: Item[] }[] {
  const all: Item[] = [...experiments.map((of) => ({ kind: "experiments" as const, of })), ...beforeAfters.map((of) => ({ kind: "before-after" as const, of }))];
  const listed = all.filter((item) => kind === null || item.kind === kind).sort((a, b) => (a.of.created < b.of.created ? 1 : -1));
  return STANDS.map((stand) => ({ stand, items: listed.filter((item) => standOf(item, today) === stand) })).filter((group) => group.items.length > 0);
}
