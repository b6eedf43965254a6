/** An alert's rule as it is typed: a share in percent, anything else as it is. */

import type { AlertRule } from "../../../core/alerts";
import type { KpiUnit } from "../../../core/kpis";
import { typed } from "../creating/fields";

export type RuleWritten = Partial<AlertRule> & { on: AlertRule["on"] };
export type Side = "above" | "below";

export const sideOf = (rule: AlertRule | undefined): Side => (rule?.on === "threshold" && rule.above !== null ? "above" : "below");

/** The limit of a rule as it would be typed. */
export function boundText(rule: AlertRule | undefined, unit: KpiUnit): string {
  const bound = rule?.on === "threshold" ? (rule.above ?? rule.below) : null;
  return bound === null ? "" : String(Number((unit === "share" ? bound * 100 : bound).toPrecision(12)));
}

/** What is sent; null where the limit is no number. What the dialog does not ask about stays as it was. */
export function ruleOf(on: AlertRule["on"], side: Side, text: string, unit: KpiUnit, was?: AlertRule): RuleWritten | null {
  const kept = was?.on === on ? was : undefined;
  if (on === "target") return { on };
  if (on !== "threshold") return kept ?? ({ on, way: "worse" } as RuleWritten);
  const value = typed(text);
  if (value === null || Number.isNaN(value)) return null;
  const sure = kept?.on === "threshold" ? kept.sure : true;
  const bound = text === boundText(kept, unit) && kept?.on === "threshold" ? (kept.above ?? kept.below) : unit === "share" ? value / 100 : value;
  return { on, [side]: bound, sure } as RuleWritten;
}
