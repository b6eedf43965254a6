/** The words of retention: how a period after the start is called. */

import type { Period, RetentionPeriod } from "../../../../core/types";
import { t } from "../../../../state/i18n.svelte";

/** On an axis or above a column: the number, or the bracket as the answer labels it. */
export const shortPeriod = (period: RetentionPeriod): string => period.label ?? String(period.period);

/** In a sentence: "week 3", "weeks 3–6". */
export function longPeriod(unit: Period, period: RetentionPeriod): string {
  return period.label === null ? t(`explore.retention.nth.${unit}`, { nth: period.period }) : t(`explore.retention.bracket.${unit}`, { span: period.label });
}
