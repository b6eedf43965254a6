/** The picture of a series: a line that breaks where nothing was counted, a band as wide as the intervals, a target. */

import type { KpiPoint, KpiUnit } from "../../../core/kpis";
import { linear, niceStep, type Scale } from "../../explore/pictures/scale";

export interface Placed {
  x: number;
  y: number;
  low: number;
  high: number;
  /** Whether all of its period is known; the last one may not be, nor the first. */
  over: boolean;
}

export interface Drawn {
  /** Unbroken runs of at least two values of whole periods. */
  lines: string[];
  bands: string[];
  dots: Placed[];
  /** Periods of which something is missing. */
  hollow: Placed[];
  /** The pieces that lead to one, or from one. */
  open: string[];
}

const round = (value: number): number => Math.round(value * 10) / 10;

/** The least and the greatest of all values, ends and targets, a little apart; shares never beyond 0 and 1. */
export function extent(points: readonly KpiPoint[], targets: readonly number[], unit: KpiUnit): [number, number] {
  const known = points.flatMap(({ figure }) => (figure.value === null ? [] : [figure.value, ...inner(figure.value, figure.low, figure.high)]));
  known.push(...targets);
  if (!known.length) return [0, 1];
  let [low, high] = [Math.min(...known), Math.max(...known)];
  if (unit === "count" || unit === "money" || unit === "days" || unit === "seconds") low = Math.min(0, low);
  const step = niceStep(high - low || Math.abs(high) || 1, 4);
  low = Math.floor(low / step + 1e-9) * step;
  high = Math.ceil(high / step - 1e-9) * step;
  if (low === high) high = low + step;
  return unit === "share" ? [Math.max(0, low), Math.min(1, high)] : [low, high];
}

/** Ends that are many times further away than the value is great would flatten the line: they are cut. */
function inner(value: number, low: number | null, high: number | null): number[] {
  if (low === null || high === null) return [];
  const most = Math.max(Math.abs(value) * 3, 1e-9);
  return [Math.max(low, value - most), Math.min(high, value + most)];
}

export function placed(points: readonly KpiPoint[], x: Scale, y: Scale): (Placed | null)[] {
  return points.map(({ figure, over }, i) => {
    if (figure.value === null) return null;
    const at = y(figure.value);
    return { x: round(x(i)), y: round(at), low: round(figure.low === null ? at : y(figure.low)), high: round(figure.high === null ? at : y(figure.high)), over };
  });
}

/** Neighbours that were counted. */
export function runs(places: readonly (Placed | null)[]): Placed[][] {
  const found: Placed[][] = [];
  places.forEach((place, i) => {
    if (place === null) return;
    if (i === 0 || places[i - 1] === null) found.push([]);
    found.at(-1)?.push(place);
  });
  return found;
}

export function drawn(points: readonly KpiPoint[], x: Scale, y: Scale): Drawn {
  const places = placed(points, x, y);
  const found = runs(places);
  const open = found.flatMap((run) => run.slice(1).flatMap((place, i) => (place.over && run[i]?.over ? [] : [path([run[i] ?? place, place])])));
  return {
    lines: runs(places.map((place) => (place?.over ? place : null))).filter((run) => run.length > 1).map(path),
    bands: found.filter((run) => run.length > 1).map((run) => `${path(run.map((p) => ({ x: p.x, y: p.high })))}L${[...run].reverse().map((p) => `${p.x} ${p.low}`).join("L")}Z`),
    dots: found.flatMap((run) => (run.length === 1 ? run.filter((place) => place.over) : [])),
    hollow: places.filter((place) => place !== null && !place.over) as Placed[],
    open,
  };
}

const path = (run: readonly { x: number; y: number }[]): string => `M${run.map((p) => `${p.x} ${p.y}`).join("L")}`;

/** Where a day lies among the points: the middle of the first one is 0; null outside. */
export function placeOf(day: string, points: readonly KpiPoint[]): number | null {
  const i = points.findIndex((point) => point.since <= day && day <= point.until);
  const point = points[i];
  if (!point) return null;
  const [first, last] = [Date.parse(point.since), Date.parse(point.until)];
  const inside = last > first ? (Date.parse(day) - first) / (last - first) - 0.5 : 0;
  return Math.min(points.length - 1, Math.max(0, i + inside));
}

export const across = (points: readonly KpiPoint[], left: number, right: number): Scale => (points.length > 1 ? linear([0, points.length - 1], [left, right]) : () => (left + right) / 2);

/** The baseline of the words of a line at `line`: above it, or under it where the top would cut them off. */
export const labelY = (line: number, top: number): number => (line - top < 20 ? line + 16 : line - 5);
