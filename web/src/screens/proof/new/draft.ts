/** What is typed in the dialogs of a new experiment or before/after, and what is sent of it. */

import type { BeforeAfterMeasure, Metric, NewBeforeAfter, NewExperiment, Wanted } from "../../../core/proof";
import { sent, type Chosen } from "../../explore/frame";
import { asNumber } from "../../opportunities/detail/numbers";

/** What of an event is looked at. */
export const LOOKED_AT = ["happened", "count", "value", "per"] as const;
export type LookedAt = (typeof LOOKED_AT)[number];

export interface MetricDraft {
  event: string;
  at: LookedAt;
  per: string;
  direction: Wanted;
  /** In percent. */
  margin: string;
}

export const newMetric = (direction: Wanted = "up"): MetricDraft => ({ event: "", at: "happened", per: "", direction, margin: "2" });

export interface ExperimentDraft {
  name: string;
  hypothesis: string;
  metric: MetricDraft;
  arms: { name: string; weight: string }[];
  guardrails: MetricDraft[];
  segments: string[];
  planned: string;
  window: string;
  covariate: string;
  unit: string;
  /** In percent. */
  traffic: string;
  group: string;
  holdout: string;
  holdoutShare: string;
  value: string;
  /** A KPI of money in place of a typed value. */
  kpi: string;
  perYear: string;
  cost: string;
}

export const newExperiment = (arms: readonly string[]): ExperimentDraft => ({
  name: "", hypothesis: "", metric: newMetric(), arms: arms.map((name) => ({ name, weight: "1" })), guardrails: [], segments: [],
  planned: "", window: "14", covariate: "", unit: "customer_id", traffic: "100", group: "", holdout: "", holdoutShare: "5",
  ...{ value: "", kpi: "", perYear: "", cost: "" },
});

export type Missing = "name" | "event" | "per" | "arms" | "number" | "start" | "treated" | "roll_out";

/** The first thing that keeps a draft from being sent. */
export function missingOf(draft: ExperimentDraft): Missing | null {
  if (!draft.name.trim()) return "name";
  if ([draft.metric, ...draft.guardrails].some((metric) => !metric.event)) return "event";
  if (draft.metric.at === "per" && !draft.metric.per) return "per";
  const names = draft.arms.map((arm) => arm.name.trim());
  if (names.some((name) => !name) || new Set(names).size < names.length) return "arms";
  const weights = draft.arms.map((arm) => asNumber(arm.weight));
  const numbers = [draft.planned, draft.window, draft.covariate, draft.traffic, draft.holdoutShare, draft.value, draft.perYear, draft.cost, ...draft.guardrails.map((one) => one.margin)].map(asNumber);
  return weights.some((weight) => !(weight !== null && weight > 0)) || numbers.some((number) => number !== null && !(number >= 0)) ? "number" : null;
}

function metricOf(draft: MetricDraft): Metric {
  const kind = draft.at === "happened" ? "binary" : draft.at === "per" ? "ratio" : "mean";
  return { event: draft.event, kind, measure: draft.at === "value" ? "value" : "count", per: kind === "ratio" ? draft.per : null, direction: draft.direction, margin: (asNumber(draft.margin) ?? 2) / 100 };
}

/** What is sent of a draft that lacks nothing. */
export function asked(draft: ExperimentDraft): NewExperiment {
  return {
    name: draft.name.trim(), hypothesis: draft.hypothesis.trim(), metric: metricOf(draft.metric), guardrails: draft.guardrails.map(metricOf), control: null,
    arms: draft.arms.map((arm) => ({ name: arm.name.trim(), weight: asNumber(arm.weight) ?? 1 })),
    segments: draft.segments, unit: draft.unit, planned: asNumber(draft.planned), window_days: asNumber(draft.window), covariate_days: asNumber(draft.covariate),
    traffic: (asNumber(draft.traffic) ?? 100) / 100, exclusive_group: draft.group.trim() || null,
    holdout: draft.holdout.trim() || null, holdout_share: (asNumber(draft.holdoutShare) ?? 5) / 100,
    value: draft.kpi ? null : asNumber(draft.value), value_kpi: draft.kpi || null, people_per_year: asNumber(draft.perYear) || null, cost: asNumber(draft.cost),
  };
}

export interface BeforeAfterDraft {
  name: string;
  measure: BeforeAfterMeasure;
  of: string;
  direction: Wanted;
  design: "at_once" | "staggered";
  treated: Chosen | null;
  comparison: Chosen | null;
  start: string;
  by: string;
  starts: { value: string; day: string }[];
  wait: string;
  value: string;
  cost: string;
}

export const newBeforeAfter = (): BeforeAfterDraft => ({ name: "", measure: "people", of: "", direction: "up", design: "at_once", treated: null, comparison: null, start: "", by: "channel", starts: [], wait: "28", value: "", cost: "" });

export function missingOfBeforeAfter(draft: BeforeAfterDraft): Missing | null {
  if (!draft.name.trim()) return "name";
  if (!draft.of) return "event";
  if (draft.design === "at_once" && !draft.treated) return "treated";
  if (draft.design === "at_once" && !draft.start) return "start";
  if (draft.design === "staggered" && !draft.starts.some((one) => one.value.trim() && one.day)) return "roll_out";
  return [draft.wait, draft.value, draft.cost].map(asNumber).some((number) => number !== null && !(number >= 0)) ? "number" : null;
}

/** What is sent of a before/after that lacks nothing; values without a day are compared with. */
export function askedBeforeAfter(draft: BeforeAfterDraft): NewBeforeAfter {
  const { name, measure, of, direction } = draft;
  const starts = Object.fromEntries(draft.starts.filter((one) => one.value.trim()).map((one) => [one.value.trim(), one.day || null]));
  const design = draft.design === "staggered" ? { roll_out: { by: draft.by, starts } } : { treated: sent(draft.treated), comparison: sent(draft.comparison), start: draft.start };
  return { name: name.trim(), measure, of, direction, ...design, wait_days: asNumber(draft.wait) ?? 28, value: asNumber(draft.value), cost: asNumber(draft.cost) };
}
