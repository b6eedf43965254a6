/** Expected against measured: bets of one unit on one square, both axes alike, so that the diagonal is what was expected. */

import type { PlacedBet, SizeUnit } from "../../../core/actions";

export type SettledBet = PlacedBet & { effect: number; low: number; high: number };

export interface Group {
  unit: SizeUnit;
  bets: SettledBet[];
}

/** Settled bets by unit, since points and contacts have no common scale; only sealed ones count. */
export function groupsOf(bets: readonly PlacedBet[]): Group[] {
  const found = new Map<SizeUnit, SettledBet[]>();
  for (const one of bets) {
    if (!one.sealed || one.effect === null || one.low === null || one.high === null) continue;
    found.set(one.unit, [...(found.get(one.unit) ?? []), one as SettledBet]);
  }
  return [...found].map(([unit, settled]) => ({ unit, bets: settled }));
}

export interface Place {
  x: number;
  y: number;
  low: number;
  high: number;
}

export interface Square {
  places: Place[];
  zero: { x: number; y: number };
  /** From corner to corner. */
  diagonal: { from: [number, number]; to: [number, number] };
  ticks: { value: number; x: number; y: number }[];
}

/** Places in a square of `side`; y grows downwards. */
export function squareOf(bets: readonly SettledBet[], side: number): Square {
  const values = [0, ...bets.flatMap((one) => [one.expected.value, one.low, one.high])];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = (most - least || 1) * 0.08;
  const [bottom, top] = [least - room, most + room];
  const x = (value: number): number => (side * (value - bottom)) / (top - bottom);
  const y = (value: number): number => side - x(value);
  return {
    places: bets.map((one) => ({ x: x(one.expected.value), y: y(one.effect), low: y(one.low), high: y(one.high) })),
    zero: { x: x(0), y: y(0) },
    diagonal: { from: [0, side], to: [side, 0] },
    ticks: ticksOf(bottom, top).map((value) => ({ value, x: x(value), y: y(value) })),
  };
}

/** Three to six round values within a range. */
export function ticksOf(low: number, high: number): number[] {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((one) => one * power >= rough) ?? 10) * power;
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)) + 0);
}
