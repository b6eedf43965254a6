/** KPIs in words: figures, intervals, differences, targets, in the language in use. */

import type { Key } from "../../../core/i18n";
import type { KpiComparison, KpiSeries, KpiValue, Target } from "../../../core/kpis";
import { f, t } from "../../../state/i18n.svelte";
import { amount, difference, end, ends, goal, type Measure } from "./amounts";
import { standing } from "./comparing";

export const points = (text: string): string => t("kpi.points", { n: text });

export const measureOf = (series: Pick<KpiSeries, "currency" | "figure">): Measure => ({ unit: series.figure.unit, currency: series.currency });

export const valueText = (figure: KpiValue, currency: string | null): string =>
  figure.value === null ? "–" : amount(figure.value, { unit: figure.unit, currency }, f(), figure, figure.n);

const endsOf = (figure: KpiValue, currency: string | null) => (figure.value === null ? null : ends({ unit: figure.unit, currency }, figure, f()));

/** `95%: 31.9% to 39.7%`; empty without an interval. */
export function intervalText(figure: KpiValue, currency: string | null): string {
  const found = endsOf(figure, currency);
  return found ? t("kpi.interval", found) : "";
}

/** The same under a heading that says what it is. */
export function rangeText(figure: KpiValue, currency: string | null): string {
  const found = endsOf(figure, currency);
  return found ? t("kpi.range", found) : "";
}

/** Why there is no value. */
export const refusedText = (figure: KpiValue): string => (figure.refused ? t(`kpi.refused.${figure.refused}` as Key) : "");

export const goalText = (target: Target, of: Measure): string =>
  target.by ? t("kpi.target.by", { value: goal(target.value, of, f()), day: f().date(target.by) }) : t("kpi.target.value", { value: goal(target.value, of, f()) });

/** The difference with its sign, and its interval in words; empty where nothing was counted. */
export function differenceText(one: KpiComparison, of: Measure): { by: string; between: string } {
  if (one.difference === null) return { by: "", between: "" };
  const range = one.low === null || one.high === null ? null : [one.low, one.high].map((at) => end(at, of, f(), one, points));
  return { by: difference(one.difference, of, f(), one, points), between: range ? t("kpi.between", { low: range[0] ?? "", high: range[1] ?? "" }) : "" };
}

/** `better than before`, `no clear change`; of a segment, with its name. */
export const standingText = (one: KpiComparison, segment: string): string => t(`kpi.changed.${one.against}.${standing(one).told}` as Key, { segment });

export const windowText = ({ since, until }: Pick<KpiSeries, "since" | "until">): string => (since === until ? f().date(since) : `${f().date(since)} – ${f().date(until)}`);
