/** When a report is sent, in words. */

import type { Schedule } from "../../../core/reports";
import { f, t } from "../../../state/i18n.svelte";

export const hour = ({ hour: h, minute }: Pick<Schedule, "hour" | "minute">): string => `${String(h).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;

/** Monday is 0, as the server has it; 2024-01-01 was one. */
export const weekday = (day: number): string => f().longDate(`2024-01-0${day + 1}`).split(/[\s,]/)[0] ?? "";

export function scheduleText(schedule: Schedule): string {
  const at = hour(schedule);
  if (schedule.every === "week") return t("kpi.report.every.week", { weekday: weekday(schedule.weekday ?? 0), at });
  return schedule.every === "month" ? t("kpi.report.every.month", { day: String(schedule.day ?? 1), at }) : t("kpi.report.every.day", { at });
}
