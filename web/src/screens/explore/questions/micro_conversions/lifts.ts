/** Small steps held against the goal: which goes with it most, and the scale that all share. */

import type { MicroConversion } from "../../../../core/types";

/** Below so many people a difference says nothing worth a sentence. */
export const FEW = 20;

const difference = (row: MicroConversion): number => (row.rate_with ?? 0) - (row.rate_without ?? 0);

/** The row whose people reach the goal most above the others; null if none does. */
export function strongest(rows: readonly MicroConversion[]): MicroConversion | null {
  const known = rows.filter((row) => row.before_goal >= FEW && row.rate_with !== null && row.rate_without !== null && difference(row) > 0);
  return known.sort((a, b) => difference(b) - difference(a))[0] ?? null;
}

/** The highest rate of all rows, for the end of the axis. */
export const highestRate = (rows: readonly MicroConversion[]): number => Math.max(0.01, ...rows.flatMap((row) => [row.rate_with ?? 0, row.rate_without ?? 0]));
