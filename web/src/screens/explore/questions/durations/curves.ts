/** Curves of arrival: which are drawn, what they say at a time, and where they end. */

import type { CurvePoint, DurationFigures, DurationsResult } from "../../../../core/types";

export interface Drawn extends DurationFigures {
  /** The group; null for everybody. */
  group: { name: string | null } | null;
}

/** Colours, dashes and labels stay apart for so many. */
export const MOST_CURVES = 6;

/** Everybody, or the largest groups, largest first; the others that are counted together are no group of their own. */
export function drawn(result: DurationsResult): Drawn[] {
  if (result.groups.length === 0) return [{ ...result, group: null }];
  const groups = result.groups.filter((group) => group.curve.length > 0 && group.name !== "@other").sort((a, b) => b.entered - a.entered);
  return groups.slice(0, MOST_CURVES).map((group) => ({ ...group, group: { name: group.name } }));
}

/** The estimate at a time: that of the last point not after it. */
export function at(curve: readonly CurvePoint[], seconds: number): CurvePoint | null {
  let found: CurvePoint | null = null;
  for (const point of curve) {
    if (point.seconds > seconds) break;
    found = point;
  }
  return found;
}

/** The last second of the picture; 1 if nothing is known. */
export const lastSecond = (curves: readonly Drawn[]): number => Math.max(1, ...curves.map((one) => one.curve.at(-1)?.seconds ?? 0));

/** The curve from nothing at the start to the end of the picture. */
export function extended(curve: readonly CurvePoint[], end: number): CurvePoint[] {
  const [first, last] = [curve[0], curve.at(-1)];
  if (!first || !last) return [];
  const start = first.seconds > 0 ? [{ ...first, seconds: 0, reached: 0, low: 0, high: 0 }] : [];
  const close = last.seconds < end ? [{ ...last, seconds: end }] : [];
  return [...start, ...curve, ...close];
}
