/** Shares of those who entered, over time and by group; and which step they are about. */

import type { FunnelPeriod, FunnelResult } from "../../../../core/types";

/** The step that trend and times are about: the wished one (from 2), else the last. */
export function reachOf(result: Pick<FunnelResult, "steps">, wished: number): number {
  const last = result.steps.length;
  return wished >= 2 && wished <= last ? wished : last;
}

export interface Rate {
  period: FunnelPeriod;
  entered: number;
  reached: number;
  /** Null if nobody entered. */
  share: number | null;
}

export function rates(periods: readonly FunnelPeriod[], step: number): Rate[] {
  return periods.map((period) => {
    const entered = period.people[0] ?? 0;
    const reached = period.people[step - 1] ?? 0;
    return { period, entered, reached, share: entered === 0 ? null : reached / entered };
  });
}

/** The highest share, for the end of the axis. */
export const highestShare = (all: readonly Rate[]): number => Math.max(0.01, ...all.map((one) => one.share ?? 0));
