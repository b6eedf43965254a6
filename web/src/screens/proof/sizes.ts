/** Sizes of effects: their digits, and pictures' scales that hold them. */

import type { MetricKind } from "../../core/proof";

/** What an effect is counted in; shares are told in percentage points. */
export type Unit = "share" | "score" | "count" | "number";

export interface Sized {
  effect: number | null;
  low: number | null;
  high: number | null;
}

export const unitOf = (kind: MetricKind): Unit => (kind === "binary" ? "share" : "number");
export const scaled = (value: number, unit: Unit): number => (unit === "share" ? value * 100 : value);

/** Decimals that an interval justifies: two significant figures of its half width; as the server's sentence has it. */
export function digitsOf(low: number | null, high: number | null, unit: Unit): number {
  const half = low === null || high === null ? 0 : scaled(high - low, unit) / 2;
  return half <= 0 ? 2 : Math.min(6, Math.max(0, 1 - Math.floor(Math.log10(half))));
}

/** The ends of a scale on which all of it has its place, zero too, with a little room at both ends. */
export function domainOf(values: readonly (number | null | undefined)[], room = 0.06): [number, number] {
  const there = values.filter((value): value is number => typeof value === "number" && Number.isFinite(value));
  const [low, high] = [Math.min(0, ...there), Math.max(0, ...there)];
  const span = high - low || 1;
  return [low < 0 ? low - span * room : low, high > 0 || low === 0 ? high + span * room : high];
}

/** The same with zero in the middle. */
export function evenDomain(values: readonly (number | null | undefined)[]): [number, number] {
  const [low, high] = domainOf(values, 0.1);
  const reach = Math.max(-low, high);
  return [-reach, reach];
}

/** Which side of zero an interval lies on: its sign, or 0 where it covers zero. */
export const sideOf = ({ low, high }: Pick<Sized, "low" | "high">): -1 | 0 | 1 => (low !== null && low > 0 ? 1 : high !== null && high < 0 ? -1 : 0);

/** Whether an interval says better, worse, or neither. */
export function toneOf(of: Pick<Sized, "low" | "high">, direction: "up" | "down"): "better" | "worse" | "open" {
  const side = sideOf(of) * (direction === "up" ? 1 : -1);
  return side > 0 ? "better" : side < 0 ? "worse" : "open";
}
