/** Weekly means of daily figures, in weeks counted from the first day of a change. */

import type { DayPoint } from "../../core/proof";

export interface Week {
  /** 0 is the first week after the change began, −1 the last one before. */
  week: number;
  treated: number | null;
  control: number | null;
}

const DAY = 86_400_000;

/** Whole weeks only: one that has begun and is not over would look like a change. */
export function weeksOf(days: readonly DayPoint[], start: string): Week[] {
  const first = Date.parse(start);
  const found = new Map<number, DayPoint[]>();
  for (const day of days) {
    const week = Math.floor(Math.round((Date.parse(day.day) - first) / DAY) / 7);
    found.set(week, [...(found.get(week) ?? []), day]);
  }
  return [...found]
    .filter(([, within]) => within.length === 7)
    .sort(([a], [b]) => a - b)
    .map(([week, within]) => ({ week, treated: mean(within.map((day) => day.treated)), control: mean(within.map((day) => day.control)) }));
}

function mean(values: readonly (number | null)[]): number | null {
  const there = values.filter((value) => value !== null);
  return there.length ? there.reduce((sum, value) => sum + value, 0) / there.length : null;
}
