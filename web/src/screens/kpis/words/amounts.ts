/** Figures and differences of KPIs as people read them: no digit finer than the interval. */

import type { Formats } from "../../../core/format";
import type { KpiUnit } from "../../../core/kpis";
import { decimals } from "../../../core/map/figures";

export interface Measure {
  unit: KpiUnit;
  currency: string | null;
}

interface Ends {
  low: number | null;
  high: number | null;
}

const DAY = 86_400;
const none: Ends = { low: null, high: null };

/** A value, as fine as its interval; a whole one of what is only counted. */
export function amount(value: number, of: Measure, f: Formats, ends: Ends = none, n?: number): string {
  const { low, high } = ends;
  switch (of.unit) {
    case "share":
      return low === null || high === null ? f.percent(value, n) : f.share(value, decimals(low * 100, high * 100, 1));
    case "score":
      return f.fixed(value, decimals(low, high, 2, 1));
    case "days":
      return f.duration(value * DAY, low === null || high === null ? 0 : ((high - low) / 2) * DAY);
    case "seconds":
      return f.duration(value, low === null || high === null ? 0 : (high - low) / 2);
    case "money":
      return low !== null && high !== null && high - low >= 2 ? rounded(value, of, f) : f.money(value, of.currency);
    case "count":
      return f.decimal(value, low === null ? (Number.isInteger(value) ? 0 : 2) : decimals(low, high, 2));
  }
}

/** Money without pennies, where its interval is wider than they are. */
const rounded = (value: number, of: Measure, f: Formats): string => f.money(Math.round(value), of.currency).replace(/[.,]00(?=\D*$)/, "");

/** A target as it was set: with all its digits, two at most. */
export function goal(value: number, of: Measure, f: Formats): string {
  if (of.unit === "share") return f.share(value, Math.abs(value * 100 - Math.round(value * 100)) < 1e-9 ? 0 : 1);
  if (of.unit === "score") return f.decimal(value, 2);
  return of.unit === "money" ? rounded(value, of, f) : amount(value, of, f);
}

/** Digits with which a number that is not 0 does not read as 0; two at most. */
const told = (value: number, digits: number): number => (value !== 0 && digits < 2 && Math.abs(value) < 0.5 * 10 ** -digits ? told(value, digits + 1) : digits);

/** The end of the interval of a difference: one that is not 0 does not read as 0, since that decides what is said. */
export function end(value: number, of: Measure, f: Formats, ends: Ends, points: (text: string) => string): string {
  const [scale, most] = of.unit === "share" ? [100, 1] : [1, 2];
  if (of.unit !== "share" && of.unit !== "score") return difference(value, of, f, ends, points);
  const digits = decimals(ends.low === null ? null : ends.low * scale, ends.high === null ? null : ends.high * scale, most, 1);
  const text = f.fixed(value * scale, told(value * scale, digits), true);
  return of.unit === "share" ? points(text) : text;
}

/** A difference with its sign; of a share, in percentage points, which `points` says in the language. */
export function difference(value: number, of: Measure, f: Formats, ends: Ends, points: (text: string) => string): string {
  const sign = value > 0 ? "+" : value < 0 ? "\u2212" : "";
  if (of.unit === "share") {
    const digits = decimals(ends.low === null ? null : ends.low * 100, ends.high === null ? null : ends.high * 100, 1, 1);
    return points(f.fixed(value * 100, digits, true));
  }
  if (of.unit === "score") return f.fixed(value, decimals(ends.low, ends.high, 2, 1), true);
  return sign + amount(Math.abs(value), of, f, ends);
}

/** The ends of an interval, a digit finer than the figure; null without one. */
export function ends(of: Measure, { low, high }: Ends, f: Formats): { low: string; high: string } | null {
  if (low === null || high === null) return null;
  const finer = (value: number): string => {
    if (of.unit === "share") return f.share(value, 1);
    if (of.unit === "score") return f.fixed(value, decimals(low, high, 2) === 0 ? 1 : 2);
    return amount(value, of, f, { low, high });
  };
  return { low: finer(low), high: finer(high) };
}
