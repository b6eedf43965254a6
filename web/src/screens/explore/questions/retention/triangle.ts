/** Cohorts as the rows of a triangle: shares with their heat, and cells that are not over yet. */

import type { Cohort, RetentionPeriod } from "../../../../core/types";

export interface Cell {
  /** Drill-down cell of the answer. */
  cell: string;
  returned: number;
  of: number;
  share: number;
  /** 0..1 of the highest share after the start. */
  heat: number;
}

export interface Row {
  index: number;
  cohort: Cohort;
  /** Null where the period is not over yet. */
  cells: (Cell | null)[];
}

/** The rows, each as long as the longest; what an answer leaves out at the end is not over either. */
export function triangle(cohorts: readonly Cohort[]): Row[] {
  const long = Math.max(0, ...cohorts.map((cohort) => cohort.returned.length));
  const share = (cohort: Cohort, period: number): number => (cohort.returned[period] ?? 0) / Math.max(1, cohort.old_enough[period] ?? 0);
  const most = Math.max(0, ...cohorts.flatMap((cohort) => cohort.returned.slice(1).map((_, i) => share(cohort, i + 1))));
  return cohorts.map((cohort, index) => ({
    index,
    cohort,
    cells: Array.from({ length: long }, (_, period) => {
      const returned = cohort.returned[period];
      if (returned == null) return null;
      const own = share(cohort, period);
      return { cell: `returned:[${index},${period}]`, returned, of: cohort.old_enough[period] ?? 0, share: own, heat: most === 0 ? 0 : Math.min(1, own / most) };
    }),
  }));
}

/** The periods after the start that are over for somebody, which are what a curve of return is about. */
export const later = (overall: readonly RetentionPeriod[]): RetentionPeriod[] => overall.filter((period) => period.period > 0 && period.people > 0);
