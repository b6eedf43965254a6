/** When a map is to be looked at again, as people say it. */

import type { Key, Params } from "../i18n";

/** `days` until the day of review; negative when it has passed. */
export type DueState = "overdue" | "today" | "soon" | "later";
export interface Due {
  state: DueState;
  days: number;
}

const DAY = 86_400_000;
/** From how many days before it a review is worth a word. */
export const SOON_DAYS = 14;

/** A calendar day as ISO writes it, of the clock on the wall. */
export const localDay = (now = new Date()): string =>
  `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`;

/** How far away a review is; null without one. Both are calendar days (YYYY-MM-DD). */
export function dueOf(review: string | null, today: string): Due | null {
  if (!review) return null;
  const days = Math.round((Date.parse(review) - Date.parse(today)) / DAY);
  return { days, state: days < 0 ? "overdue" : days === 0 ? "today" : days <= SOON_DAYS ? "soon" : "later" };
}

/** The words of a due day; a later one is its date, which `day` writes. */
export function dueWords(due: Due, review: string, say: (key: Key, params?: Params) => string, day: (iso: string) => string): string {
  if (due.state === "overdue") return say("maps.due.overdue", { n: -due.days });
  if (due.state === "today") return say("maps.due.today");
  return due.state === "soon" ? say("maps.due.in", { n: due.days }) : day(review);
}
