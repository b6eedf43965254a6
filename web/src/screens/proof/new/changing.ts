/** What was laid down before, as it is typed again, and what of it was changed. */

import type { BeforeAfter, Experiment, Metric, NewBeforeAfter, NewExperiment } from "../../../core/proof";
import type { Chosen } from "../../explore/frame";
import { asked, askedBeforeAfter, type BeforeAfterDraft, type ExperimentDraft, type MetricDraft } from "./draft";

const number = (value: number | null): string => (value === null ? "" : String(Number(value.toPrecision(12))));
const percent = (share: number): string => number(share * 100);

function metricDraft({ event, kind, measure, per, direction, margin }: Metric): MetricDraft {
  const at = kind === "binary" ? "happened" : kind === "ratio" ? "per" : measure;
  return { event, at, per: per ?? "", direction, margin: percent(margin) };
}

/** The control's arm comes first, as in the dialog. */
export function draftOf(was: Experiment): ExperimentDraft {
  const arms = [...was.arms].sort((a, b) => Number(b.name === was.control) - Number(a.name === was.control));
  return {
    name: was.name, hypothesis: was.hypothesis, metric: metricDraft(was.metric), guardrails: was.guardrails.map(metricDraft), segments: [...was.segments],
    arms: arms.map(({ name, weight }) => ({ name, weight: number(weight) })), planned: number(was.planned), window: number(was.window_days),
    covariate: number(was.covariate_days), unit: was.unit, traffic: percent(was.traffic), group: was.exclusive_group ?? "",
    holdout: was.holdout ?? "", holdoutShare: percent(was.holdout_share),
    value: number(was.value), kpi: was.value_kpi ?? "", perYear: number(was.people_per_year), cost: number(was.cost),
  };
}

/** A segment's parts must have been turned into text that can be chosen again. */
export function draftOfBeforeAfter(was: BeforeAfter, treated: Chosen | null, comparison: Chosen | null): BeforeAfterDraft {
  const { name, measure, of, direction } = was;
  return {
    ...{ name, measure, of, direction, treated, comparison }, design: was.roll_out ? "staggered" : "at_once", start: was.start ?? "", by: was.roll_out?.by ?? "channel",
    starts: Object.entries(was.roll_out?.starts ?? {}).map(([value, day]) => ({ value, day: day ?? "" })), wait: number(was.wait_days), value: number(was.value), cost: number(was.cost),
  };
}

/** Only what was changed is sent: what the dialog does not show, or writes in other words, stays as it is. */
function different<T extends object>(before: T, after: T): Partial<T> {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])] as (keyof T)[];
  const changed = names.filter((name) => JSON.stringify(before[name] ?? null) !== JSON.stringify(after[name] ?? null));
  return Object.fromEntries(changed.map((name) => [name, after[name] ?? null])) as Partial<T>;
}

/** What of an experiment was changed; a control that was named stays the arm that comes first. */
export function changesOf(was: Experiment, draft: ExperimentDraft): Partial<NewExperiment> {
  const fields = different(asked(draftOf(was)), asked(draft));
  const first = fields.arms?.[0]?.name;
  return first === undefined || was.control === null || was.control === first ? fields : { ...fields, control: first };
}

export const changesOfBeforeAfter = (was: BeforeAfterDraft, draft: BeforeAfterDraft): Partial<NewBeforeAfter> => different(askedBeforeAfter(was), askedBeforeAfter(draft));
