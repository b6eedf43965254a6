/** Between which steps an event ends a chain, as a choice among the gaps of the funnel. */

import type { Exclusion } from "../../../../core/types";

/** The gaps between neighbouring steps: `1-2`, `2-3` … */
export const gaps = (steps: number): string[] => Array.from({ length: Math.max(0, steps - 1) }, (_, i) => `${i + 1}-${i + 2}`);

/** The gap of an exclusion; empty for any. */
export function placeOf(one: string | Exclusion): string {
  if (typeof one === "string" || one.after == null || one.before == null) return "";
  return `${one.after}-${one.before}`;
}

/** The exclusion of `name` in a gap; in any, it is its bare name. */
export function placed(name: string, gap: string): string | Exclusion {
  const [after, before] = gap.split("-").map(Number);
  return gap === "" || !after || !before ? name : { name, after, before };
}
