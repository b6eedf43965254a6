/** Transitions as a matrix: the names that are met most, and what stands between two of them. */

import type { Transition } from "../../../../core/types";
import { earliestFirst } from "../../parts/early";

/** So many names a matrix shows; all are in the table. */
export const MOST_NAMES = 14;

/** The names with the most transitions from or to them, from what comes early to what comes late. */
export function namesOf(transitions: readonly Transition[], most = MOST_NAMES): string[] {
  const met = new Map<string, number>();
  for (const { from, to, count } of transitions) for (const name of [from, to]) met.set(name, (met.get(name) ?? 0) + count);
  const names = [...met].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, most).map(([name]) => name);
  return earliestFirst(names, transitions, (one) => one.count);
}

/** The place of the transition from one name to another in the answer; -1 if it is not in it. */
export const placeOf = (transitions: readonly Transition[], from: string, to: string): number => transitions.findIndex((one) => one.from === from && one.to === to);

/** How many names the matrix leaves out. */
export const leftOut = (transitions: readonly Transition[], most = MOST_NAMES): number => Math.max(0, new Set(transitions.flatMap(({ from, to }) => [from, to])).size - most);
