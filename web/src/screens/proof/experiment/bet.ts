/** What an experiment was planned as, in words. */

import type { Experiment, Metric } from "../../../core/proof";
import { f, t } from "../../../state/i18n.svelte";

export function metricText(metric: Metric): string {
  const what = metric.kind === "binary" ? t("proof.metric.binary", { event: metric.event }) : metric.kind === "ratio" ? t("proof.metric.ratio", { event: metric.event, per: metric.per ?? "" }) : t(`proof.metric.${metric.measure}`, { event: metric.event });
  return `${what} · ${t(`proof.direction.${metric.direction}`)}`;
}

/** The bet by field: what was typed before it began. */
export function lines(of: Experiment): { field: string; text: string }[] {
  const total = of.arms.reduce((sum, arm) => sum + arm.weight, 0);
  const days = (n: number): string => t("proof.days", { n });
  return [
    { field: "metric", text: metricText(of.metric) },
    { field: "arms", text: of.arms.map((arm) => `${arm.name} ${f().percent(arm.weight / total)}`).join(", ") },
    { field: "control", text: of.control ?? of.arms[0]?.name ?? "" },
    { field: "window_days", text: of.window_days === null ? t("proof.window.none") : days(of.window_days) },
    { field: "planned", text: of.planned === null ? "" : t("ui.people", { n: of.planned }) },
    { field: "guardrails", text: of.guardrails.map((one) => `${metricText(one)} (${f().percent(one.margin)})`).join("; ") },
    { field: "segments", text: of.segments.join(", ") },
    { field: "covariate_days", text: of.covariate_days === null ? "" : days(of.covariate_days) },
    { field: "traffic", text: of.traffic < 1 ? f().percent(of.traffic) : "" },
    { field: "exclusive_group", text: of.exclusive_group ?? "" },
    { field: "holdout", text: of.holdout ? `${of.holdout} (${f().percent(of.holdout_share)})` : "" },
    { field: "value", text: of.value === null ? "" : f().decimal(of.value, 2) },
    { field: "value_kpi", text: of.value_kpi ?? "" },
    { field: "people_per_year", text: of.people_per_year === null ? "" : f().number(of.people_per_year) },
    { field: "cost", text: of.cost === null ? "" : f().decimal(of.cost, 2) },
    { field: "unit", text: t(`proof.unit.${of.unit as "email"}`) },
  ].filter((line) => line.text !== "");
}

const FIELDS = ["metric", "arms", "control", "window_days", "planned", "guardrails", "segments", "covariate_days", "traffic", "exclusive_group", "holdout", "holdout_share", "unit", "hypothesis", "value", "value_kpi", "people_per_year", "cost"] as const;
export function fieldName(field: string): string {
  const known = FIELDS.find((one) => one === field);
  return known ? t(`proof.field.${known}`) : field;
}

/** A kept value as it may stand in a sentence. */
export function valueText(value: unknown): string {
  if (value === null || value === "") return "–";
  if (typeof value === "number") return f().decimal(value, 4);
  if (Array.isArray(value)) return value.map((one) => valueText(typeof one === "object" && one !== null && "name" in one ? one.name : one)).join(", ") || "–";
  if (typeof value === "object" && "event" in value) return metricText(value as Metric);
  return typeof value === "string" ? value : JSON.stringify(value);
}
