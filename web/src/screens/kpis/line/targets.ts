/** Which target held on which periods of a series, as pieces of a line. */

import type { HeldTarget, KpiPoint, KpiSeries, Target } from "../../../core/kpis";
import { placeOf } from "./line";

export interface Piece {
  value: number;
  /** Places among the points, as the picture's scale takes them; null at an end of the picture. */
  from: number | null;
  to: number | null;
  /** Whether it was set after these days: nothing held then. */
  later: boolean;
}

/** The targets of a window, one piece each; where none held on any of its days, the present one, marked as set later. */
export function pieces(series: Pick<KpiSeries, "points" | "targets" | "since" | "until">, target: Target | null): Piece[] {
  const inside = series.targets.filter((one) => one.since <= series.until && (one.until === null || one.until >= series.since));
  if (inside.length) return inside.map((one) => ({ value: one.value, from: placeIn(one.since, series.points), to: one.until === null ? null : placeIn(next(one.until), series.points), later: false }));
  const first = series.targets[0];
  return target && (!first || series.until < first.since) ? [{ value: target.value, from: null, to: null, later: true }] : [];
}

const placeIn = (day: string, points: readonly KpiPoint[]): number | null => (day <= (points[0]?.since ?? "") ? null : placeOf(day, points));

const next = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** The present target, where it was set after the days that are shown. */
export function later(series: Pick<KpiSeries, "targets" | "until">): HeldTarget | null {
  const last = series.targets.at(-1);
  return last && last.until === null && last.since > series.until ? last : null;
}

/** Whether another target held on the last of these days. */
export const heldThen = (series: Pick<KpiSeries, "targets" | "until">): boolean => series.targets.some((one) => one.since <= series.until);
