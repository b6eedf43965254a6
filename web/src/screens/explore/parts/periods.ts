/** Days, weeks and months as they stand on axes and in sentences. */

import type { Period } from "../../../core/types";
import { f, t } from "../../../state/i18n.svelte";
import { capital } from "./words";

/** The kind of period at the head of a column. */
export const periodHeading = (period: Period): string => capital(t(`explore.period.${period}`));

/** A period by its first day. */
export const periodName = (period: Period, start: string): string => (period === "month" ? f().month(start) : f().day(start));

/** A period at the head of a row, with its year. */
export const periodRow = (period: Period, start: string): string => (period === "month" ? f().month(start) : f().date(start));

/** A period in a sentence: "week of 5 Jan". */
export function periodTitle(period: Period, start: string): string {
  const date = period === "month" ? f().month(start) : f().date(start);
  return t(`explore.period.title.${period}`, { date });
}
