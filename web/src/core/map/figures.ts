/** Measured figures as people read them: no digit finer than the interval, changes with a sign. */

import type { Formats } from "../format";
import type { EmotionPoint, Figure } from "./measured";

/** Decimals worth printing when the interval is low..high: the last one is of the order of its half width. */
export function decimals(low: number | null, high: number | null, most: number, otherwise = most): number {
  if (low === null || high === null) return otherwise;
  const half = (high - low) / 2;
  return half > 0 ? Math.min(most, Math.max(0, -Math.floor(Math.log10(half)))) : most;
}

type Valued = Pick<Figure, "unit" | "n" | "low" | "high">;

/** A value in the unit of a figure, with the digits that the figure's interval allows. */
export function amount(value: number, of: Valued, f: Formats): string {
  switch (of.unit) {
    case "people":
      return f.number(value);
    case "share":
      return of.low === null || of.high === null ? f.percent(value, of.n) : f.share(value, decimals(of.low * 100, of.high * 100, 1));
    case "seconds":
      return f.duration(value, of.low === null || of.high === null ? 0 : (of.high - of.low) / 2);
    case "score":
      return f.fixed(value, decimals(of.low, of.high, 2, 1));
  }
}

/** The figure; a dash where nothing could be counted. */
export const figureText = (figure: Figure, f: Formats): string => (figure.value === null ? "–" : amount(figure.value, figure, f));

/** The ends of the interval, one digit finer than the figure; null without one. */
export function interval(figure: Pick<Figure, "unit" | "low" | "high">, f: Formats): { low: string; high: string } | null {
  if (figure.low === null || figure.high === null) return null;
  const finer = (value: number): string => {
    if (figure.unit === "people") return f.number(value);
    if (figure.unit === "seconds") return f.duration(value);
    return figure.unit === "share" ? f.share(value, 1) : f.fixed(value, 2);
  };
  return { low: finer(figure.low), high: finer(figure.high) };
}

export interface Changed {
  direction: "up" | "down" | "same";
  /** With its sign; of a share, in percentage points. */
  by: string;
  points: boolean;
  /** Whether the interval of the difference excludes zero. */
  clear: boolean;
}

export const ARROWS = { up: "▲", down: "▼", same: "=" } as const;

/** What changed against the period before. */
export function changed(figure: Figure, f: Formats): Changed | null {
  const change = figure.change;
  if (!change || figure.value === null) return null;
  const { difference } = change;
  const points = figure.unit === "share";
  const signed = (text: string): string => (difference > 0 ? `+${text}` : difference < 0 ? `\u2212${text}` : text);
  const by = (): string => {
    const scale = points ? 100 : 1;
    const digits = decimals(change.low === null ? null : change.low * scale, change.high === null ? null : change.high * scale, points ? 1 : 2, 1);
    if (figure.unit === "people") return signed(f.number(Math.abs(difference)));
    if (figure.unit === "seconds") return signed(f.duration(Math.abs(difference)));
    return f.fixed(difference * scale, digits, true);
  };
  return { direction: difference > 0 ? "up" : difference < 0 ? "down" : "same", by: by(), points, clear: change.changed };
}

/** An emotion with its sign. */
export const emotionText = (point: Pick<EmotionPoint, "low" | "high">, value: number, f: Formats): string =>
  f.fixed(value, decimals(point.low, point.high, 1), true);
