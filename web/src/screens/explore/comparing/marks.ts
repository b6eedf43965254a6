/** Differences of shares as marks on a common scale. */

import type { Difference } from "../../../core/types";

export interface Mark {
  /** Places 0..1 across the scale, or null where there is nothing to compare. */
  low: number;
  high: number;
  at: number;
  /** Whether the interval leaves out zero. */
  clear: boolean;
}

/** The largest bound of all, rounded up to a readable one; the scale runs from its negative to itself. */
export function reach(differences: readonly Difference[]): number {
  const bounds = differences.flatMap(({ low, high, difference }) => [low, high, difference].map((x) => Math.abs(x ?? 0)));
  const most = Math.max(0.01, ...bounds);
  return [0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75].find((step) => step >= most) ?? 1;
}

export function markOf({ difference, low, high }: Difference, scale: number): Mark | null {
  if (difference === null || low === null || high === null) return null;
  const place = (x: number): number => Math.min(1, Math.max(0, 0.5 + x / (2 * scale)));
  return { low: place(low), high: place(high), at: place(difference), clear: low > 0 || high < 0 };
}
