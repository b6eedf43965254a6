/** Counts of a form in words. */

import type { FormCounts } from "../../../core/forms";
import { f, t } from "../../../state/i18n.svelte";

/** The response rate with its interval, or why there is none. */
export function rateSaid({ response_rate, low, high, invited }: FormCounts): string {
  if (response_rate === null || low === null || high === null) return t("voice.forms.no_rate");
  const share = (value: number): string => f().percent(value, invited);
  return `${share(response_rate)} ${t("voice.interval", { low: share(low), high: share(high) })}`;
}
