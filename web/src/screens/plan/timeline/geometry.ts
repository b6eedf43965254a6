/** Where actions lie along the time: days as shares of the room, rows with bars, months as ticks. */

import type { ActionStatus } from "../../../core/actions";

const DAY = 86_400_000;

/** Whole days from one calendar day to another. */
export const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / DAY);

export const addDays = (day: string, days: number): string => new Date(Date.parse(day) + days * DAY).toISOString().slice(0, 10);

export interface Dated {
  since: string | null;
  until: string | null;
  evaluate: string | null;
  planned: boolean;
  status: ActionStatus;
}

export interface Bar {
  /** Percent of the room; a bar of one day has a width. */
  from: number;
  width: number;
  /** Nobody said when it begins or when it ends; that side fades. */
  openStart: boolean;
  openEnd: boolean;
  /** The part after the due day until today, of what is not done. */
  late: { from: number; width: number } | null;
  evaluate: number | null;
}

export interface Picture<D extends Dated> {
  rows: { of: D; bar: Bar | null }[];
  today: number;
  months: { day: string; at: number }[];
  first: string;
  last: string;
}

const FIT = 10;
const STEPS = [1, 3, 12, 60, 120, 240];

/** How many days an end that nobody said is drawn long. */
const OPEN = 14;
const isOpen = (one: Dated): boolean => one.status === "idea" || one.status === "planned" || one.status === "in_progress";

/** Everything on one scale that holds all days and today, with a little room at both ends. */
export function pictured<D extends Dated>(spans: readonly D[], today: string): Picture<D> {
  const days = [today, ...spans.flatMap((one) => [one.since, one.until, one.evaluate].filter((day) => day !== null))].sort();
  const [earliest = today, latest = today] = [days[0], days.at(-1)];
  const room = Math.max(OPEN, Math.round(daysBetween(earliest, latest) * 0.04));
  const [first, last] = [addDays(earliest, -room), addDays(latest, room)];
  const whole = daysBetween(first, last);
  const at = (day: string): number => (100 * daysBetween(first, day)) / whole;
  const rows = spans.map((of) => ({ of, bar: barOf(of, today, at) }));
  return { rows, today: at(today), months: monthsWithin(first, last).map((day) => ({ day, at: at(day) })), first, last };
}

function barOf(one: Dated, today: string, at: (day: string) => number): Bar | null {
  const { since, until } = one;
  if (since === null && until === null) return null;
  const begin = since ?? addDays(until ?? today, -OPEN);
  const ongoing = one.status === "in_progress" && today > begin ? today : addDays(begin, OPEN);
  const end = until ?? ongoing;
  const over = one.planned && isOpen(one) && until !== null && until < today;
  const after = addDays(end, 1);
  return {
    from: at(begin),
    width: at(after > begin ? after : addDays(begin, 1)) - at(begin),
    openStart: since === null,
    openEnd: until === null,
    late: over ? { from: at(after), width: at(addDays(today, 1)) - at(after) } : null,
    evaluate: one.evaluate === null ? null : at(one.evaluate),
  };
}

/** First days of months, not more than fit: every month, quarter, year, or several years. */
export function monthsWithin(first: string, last: string): string[] {
  const months = daysBetween(first, last) / 30.4;
  const step = STEPS.find((one) => months / one <= FIT) ?? 1200;
  const found: string[] = [];
  const [year = 0, month = 1] = first.split("-").map(Number);
  for (let i = 0; ; i += 1) {
    const day = new Date(Date.UTC(year, month - 1 + i, 1)).toISOString().slice(0, 10);
    if (day > last) break;
    if (day >= first && (Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1) % step === 0) found.push(day);
  }
  return found;
}
