/** One person's events as days with the silence between them, newest first. */

import { localDay } from "../../core/days";
import type { TimelineEvent } from "../../core/types";

export type { TimelineEvent };

export interface Day {
  /** The local calendar day, `2026-11-21`. */
  day: string;
  events: TimelineEvent[];
  /** Whole days without an event between this day and the next older one shown; null after the oldest. */
  silence: number | null;
}

const DAY_MS = 86_400_000;

function isZone(zone: string | null | undefined): zone is string {
  if (!zone) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}

/** The zone in which the event's day is read: a mere date keeps the day it had where it was written. */
export function zoneOf(event: TimelineEvent, viewer: string): string {
  if (event.precision !== "day") return viewer;
  return isZone(event.zone) ? event.zone : "UTC";
}

function silenceBetween(newer: string, older: string): number {
  return Math.max(0, Math.round((Date.parse(newer) - Date.parse(older)) / DAY_MS) - 1);
}

/** Groups events, which come newest first, by local day; the order within a day is kept. */
export function byDay(events: readonly TimelineEvent[], viewer: string): Day[] {
  const days = new Map<string, TimelineEvent[]>();
  for (const event of events) {
    const day = localDay(event.time, zoneOf(event, viewer));
    const known = days.get(day);
    if (known) known.push(event);
    else days.set(day, [event]);
  }
  const sorted = [...days].sort(([a], [b]) => (a < b ? 1 : -1));
  return sorted.map(([day, of], i) => {
    const older = sorted[i + 1]?.[0];
    return { day, events: of, silence: older === undefined ? null : silenceBetween(day, older) };
  });
}

/** The events shown with a further page behind them; an event that comes twice stays where it was. */
export function withOlder(shown: readonly TimelineEvent[], older: readonly TimelineEvent[]): TimelineEvent[] {
  const known = new Set(shown.map((event) => event.arrival));
  return [...shown, ...older.filter((event) => !known.has(event.arrival))];
}

/** What the event is called here: its touchpoint, else its own name. */
export function titleOf(event: TimelineEvent): string {
  return event.touchpoint ?? event.name;
}

/** A silence long enough to say so: at least a week, so that weekends do not clutter the page. */
export function isLongSilence(days: number | null): days is number {
  return days !== null && days >= 7;
}

/** The events per channel, most first: how this person meets us. */
export function channelsOf(events: readonly TimelineEvent[]): { channel: string; events: number }[] {
  const counts = new Map<string, number>();
  for (const { channel } of events) counts.set(channel ?? "unknown", (counts.get(channel ?? "unknown") ?? 0) + 1);
  const rows = [...counts].map(([channel, n]) => ({ channel, events: n }));
  return rows.sort((a, b) => b.events - a.events || (a.channel < b.channel ? -1 : 1));
}
