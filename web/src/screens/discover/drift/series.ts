/** The series of windows for its picture: what was measured, what would be usual, and where changes begin. */

import type { DriftResult, DriftWindow } from "../../../core/discovery";

/** Windows with transitions, in unbroken runs. */
export function runs(series: readonly DriftWindow[]): number[][] {
  const found: number[][] = [];
  series.forEach((window, i) => {
    if (window.distance === null) return;
    if (i === 0 || series[i - 1]?.distance == null) found.push([]);
    found.at(-1)?.push(i);
  });
  return found;
}

/** Where a moment lies among the windows, in windows from the first; within their span. */
export function placeOf(moment: string, series: readonly DriftWindow[]): number {
  const [at, starts] = [Date.parse(moment), series.map((window) => Date.parse(window.start))];
  const i = starts.findLastIndex((start) => start <= at);
  if (i < 0) return 0;
  const [start, next] = [starts[i] ?? 0, starts[i + 1]];
  return next === undefined ? i : i + (at - start) / (next - start);
}

/** Places of changes, each once. */
export const changeDays = (result: Pick<DriftResult, "changes">): string[] => [...new Set(result.changes.map((one) => one.since))].sort();
