/** Which part of the sheet is in sight, so that only that part is drawn. */

import type { Layout, Placed, Row } from "./layout";

/** Columns and rows from the first to the last in sight, both included; `to` < `from` when there are none. */
export interface Window {
  columns: { from: number; to: number };
  rows: { from: number; to: number };
}

export interface Sight {
  /** Of the part of the sheet that is seen, without heads and names. */
  x: number;
  y: number;
  width: number;
  height: number;
}

/** The index of the last thing that starts at or before `at`; 0 before the first. Things stand in order. */
export function lastBefore(count: number, start: (index: number) => number, at: number): number {
  let [low, high] = [0, count - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (start(middle) <= at) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/** What is in sight, and `margin` pixels around it. */
export function windowOf(sheet: Layout, sight: Sight, margin: number): Window {
  const column = (at: number) => lastBefore(sheet.columns.length, (i) => sheet.columns[i]?.x ?? 0, at);
  const row = (at: number) => lastBefore(sheet.rows.length, (i) => sheet.rows[i]?.y ?? 0, at);
  const none = { from: 0, to: -1 };
  return {
    columns: sheet.columns.length ? { from: column(sight.x - margin), to: column(sight.x + sight.width + margin) } : none,
    rows: sheet.rows.length ? { from: row(sight.y - margin), to: row(sight.y + sight.height + margin) } : none,
  };
}

export const sameWindow = (a: Window, b: Window): boolean =>
  a.columns.from === b.columns.from && a.columns.to === b.columns.to && a.rows.from === b.rows.from && a.rows.to === b.rows.to;

/** The cards of a row that reach into the columns in sight. */
export const cardsIn = (row: Row, from: number, to: number): Placed[] =>
  row.cards.filter((placed) => placed.column <= to && placed.column + placed.span > from);

/** The numbers from `from` to `to`, with one more if it lies outside (what has the focus stays in the page). */
export function indices({ from, to }: { from: number; to: number }, count: number, pinned = -1): number[] {
  const shown: number[] = [];
  for (let i = Math.max(0, from); i <= Math.min(count - 1, to); i++) shown.push(i);
  if (pinned >= 0 && pinned < count && !shown.includes(pinned)) {
    if (pinned < from) shown.unshift(pinned);
    else shown.push(pinned);
  }
  return shown;
}
