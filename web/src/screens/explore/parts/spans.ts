/** Spans of time as questions are asked with them, such as `7d`. */

import { spanParts, type Unit } from "../questions/param";

const SECONDS: Record<Unit, number> = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** How many seconds a span such as `7d` has; null if it is none. */
export function spanSeconds(span: string | null): number | null {
  const parts = spanParts(span);
  return parts ? parts.amount * SECONDS[parts.unit] : null;
}
