/** What the times say. */

import type { DurationsResult } from "../../../../core/types";
import { f, t } from "../../../../state/i18n.svelte";
import { counted } from "../../parts/words";

export function sentence(result: DurationsResult): string {
  const { grain, n, entered, share, median_seconds: median, p90_seconds: p90 } = result;
  if (entered === 0) return "";
  const lead = t("explore.durations.lead", { reached: counted(grain, n), of: f().number(entered), share: f().percent(share, entered) });
  return median === null || p90 === null ? lead : `${lead} ${t("explore.durations.times", { median: f().duration(median), p90: f().duration(p90) })}`;
}

/** Whether the groups differ by more than chance; below 5 % it is said that they do, never that one is the cause. */
export function logRankSentence({ p, statistic, df }: NonNullable<DurationsResult["log_rank"]>): string {
  const said = { p: p < 0.001 ? `< ${f().decimal(0.001, 3)}` : `= ${f().decimal(p, 3)}`, statistic: f().decimal(statistic, 1), df };
  return t(p < 0.05 ? "explore.durations.differ" : "explore.durations.alike", said);
}
