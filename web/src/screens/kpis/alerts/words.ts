/** What an alert is about, in words. */

import type { Alert } from "../../../core/alerts";
import { f, t } from "../../../state/i18n.svelte";
import { goal, type Measure } from "../words/amounts";

export function ruleText({ rule, by }: Pick<Alert, "rule" | "by">, of: Measure): string {
  switch (rule.on) {
    case "threshold": {
      const way = rule.above === null ? "below" : "above";
      return t(`kpi.alert.${way}${rule.sure ? ".sure" : ""}`, { value: goal(rule.above ?? rule.below ?? 0, of, f()), period: t(`kpi.alert.period.${by}`) });
    }
    case "target":
      return t("kpi.alert.target", { period: t(`kpi.alert.period.${by}`) });
    case "change":
      return t(`kpi.alert.change.${rule.way}`, { period: t(`kpi.alert.period.${by}`) });
    case "anomaly":
      return t("kpi.alert.anomaly", { n: rule.per_year });
  }
}
