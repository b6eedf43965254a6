/** Experiments and befores/afters as the server writes them, and its client. */

import type { Api, Options } from "./api";
import type { EvidenceGrade } from "./obstacles";
import type { Segment } from "./segments";

/** The event that says who came into which arm. */
export const EXPOSURE = "experiment_exposure";

export type Outcome = "worked" | "no_evidence" | "harmed" | "too_early" | "blocked" | "refused";
export type Wanted = "up" | "down";

/** Under which word a verdict is told: an estimate whose past is too short for a verdict is none, wherever its interval lies. */
export const wordOf = (one: { verdict: Outcome; reason?: string | null }): Outcome | "estimate" => (one.reason === "too_few_days_before_for_verdict" ? "estimate" : one.verdict);

/** The grade of a verdict that claims something; where nothing is claimed there is nothing to grade. */
export const gradeOf = (one: { verdict: Outcome; grade: EvidenceGrade | null }): EvidenceGrade | null => (["worked", "harmed", "no_evidence"].includes(one.verdict) ? one.grade : null);
export type MetricKind = "binary" | "mean" | "ratio";

export interface Arm {
  name: string;
  weight: number;
}

export interface Metric {
  event: string;
  kind: MetricKind;
  measure: "count" | "value";
  per: string | null;
  direction: Wanted;
  /** Of a guardrail: how much worse is bearable, as a share of the control's value. */
  margin: number;
}

export const UNITS = ["customer_id", "email", "phone", "loyalty_card", "device", "cookie", "case", "other"] as const;

export interface ExperimentFields {
  name: string;
  arms: Arm[];
  control: string | null;
  unit: string;
  hypothesis: string;
  metric: Metric;
  guardrails: Metric[];
  segments: string[];
  window_days: number | null;
  planned: number | null;
  covariate_days: number | null;
  traffic: number;
  exclusive_group: string | null;
  holdout: string | null;
  holdout_share: number;
  /** Money that one unit of the effect is worth, or the KPI of money that says it. */
  value: number | null;
  value_kpi: string | null;
  people_per_year: number | null;
  cost: number | null;
}

export type ExperimentStatus = "draft" | "running" | "ended";

export interface Experiment extends ExperimentFields {
  id: string;
  revision: number;
  author: string;
  created: string;
  changed: string;
  status: ExperimentStatus;
  slot: [number, number] | null;
  started: string | null;
  ended: string | null;
  changes: { field: string; before: unknown; after: unknown; at: string }[];
}

export interface Around {
  low: number | null;
  high: number | null;
}

export interface FixedHorizon extends Around {
  statistic: number | null;
  p: number | null;
  p_holm: number | null;
}

export interface ArmFigures {
  arm: string;
  n: number;
  value: number | null;
  conversions: number | null;
  assigned: number;
  expected: number;
}

export interface ExperimentComparison {
  treatment: string;
  effect: number | null;
  relative: number | null;
  fixed: FixedHorizon;
  always: Around & { tuned_for: number };
  bayes: { probability_better: number; expected_loss: number } | null;
  shrunk: number | null;
  minimum_detectable: number | null;
  verdict: Outcome;
  reasons: string[];
}

export interface GuardrailFigures extends Around {
  name: string;
  treatment: string;
  effect: number | null;
  margin: number | null;
  status: "passed" | "failed" | "unclear";
}

export interface SegmentFigures extends Around {
  column: string;
  segment: string;
  treatment: string;
  /** Null where it is hidden, with all its figures. */
  n: number | null;
  hidden: "few_people" | "would_tell" | null;
  effect: number | null;
  p: number | null;
  q: number | null;
  shrunk: number | null;
}

export interface Look extends Around {
  time: string;
  n: number;
  effect: number | null;
}

export const UNCHECKED_OF_EXPERIMENT = ["planned_size", "time_course", "weekly_cycle", "people_in_two_arms", "missing_outcomes", "guardrails", "guardrail_unclear", "covariate_before_assignment", "winners_shrunk", "outcome_window", "detectable_size"] as const;

export interface Analysis {
  kind: MetricKind;
  direction: Wanted;
  control: string;
  treatment: string;
  arms: ArmFigures[];
  effect: number | null;
  relative: number | null;
  fixed: FixedHorizon;
  always: Around & { tuned_for: number };
  srm: { p: number; status: "ok" | "warn" | "block"; sequential_p: number };
  verdict: Exclude<Outcome, "refused">;
  reasons: string[];
  grade: EvidenceGrade;
  not_checked: (typeof UNCHECKED_OF_EXPERIMENT)[number][];
  comparisons: ExperimentComparison[];
  guardrails: GuardrailFigures[];
  segments: SegmentFigures[];
  /** People that a segment's figures need. */
  threshold: number;
  covariate: { column: string; theta: number; variance_removed: number; missing: number; unadjusted: number } | null;
  course: Look[];
  planned: number | null;
  left_out: Record<"in_two_arms" | "duplicates" | "merged" | "without_arm" | "without_outcome", number>;
}

export interface ExperimentResult {
  experiment: Experiment;
  analysis: Analysis;
  exposures: number;
  waiting: number;
  until: string;
  sentence: string;
  /** What the effect is worth and what the change costs, in sentences. */
  money_told: string[];
  /** Why the KPI that was named gives no worth. */
  value_refused: string | null;
}

/** How one of many experiments stands. */
export interface VerdictNow {
  id: string;
  verdict: (Around & { verdict: Outcome; reason: string | null; grade: EvidenceGrade | null; effect: number | null; n: number }) | null;
  refused: string | null;
}

export type FileAnalysis = Analysis & Pick<ExperimentResult, "sentence" | "money_told">;

/** Which column of a file is what. */
export interface ExperimentFile {
  arm: string;
  outcome: string;
  direction: Wanted;
  control: string | null;
  unit: string | null;
  covariate: string | null;
  denominator: string | null;
  segment: string[];
  guardrails: { column: string; direction: Wanted }[];
  time: string | null;
  planned: number | null;
  value_per_unit: number | null;
  people: number | null;
  cost: number | null;
}

export interface BeforeAfterFile {
  unit: string;
  time: string;
  value: string;
  treated: string | null;
  start: string | null;
  start_column: string | null;
  direction: Wanted;
  value_per_unit: number | null;
  cost: number | null;
}

export interface PlanAsked {
  base: number;
  detect: number;
  spread?: number | null;
  arms: number;
}

export interface SizePlan {
  per_arm: number;
  total: number;
  always_per_arm: number;
  always_total: number;
  power: number;
}

export const MEASURES = ["people", "contacts", "conversion", "mean_score"] as const;
export type BeforeAfterMeasure = (typeof MEASURES)[number];
export const UNCHECKED_OF_BEFORE_AFTER = ["control_group", "other_changes", "spillover", "parallel_before", "few_units", "units_disagree", "days_missing", "units_left_out", "lasting_effect"] as const;
export const REASONS = ["too_few_days_before", "too_few_days_before_for_verdict", "no_days_after", "too_few_days_after", "wait_not_over", "placebo_alarms", "treated_before_start", "treated_not_constant", "no_treated_units", "no_controls_left", "no_variation", "duplicate_days", "too_many_days_missing"] as const;

export interface EventStudyPoint {
  week: number;
  effect: number;
  low: number;
  high: number;
}

export interface DayPoint {
  day: string;
  treated: number | null;
  control: number | null;
}

export interface BeforeAfterResult extends Around {
  verdict: Outcome;
  grade: EvidenceGrade | null;
  effect: number | null;
  p: number | null;
  placebo_rate: number | null;
  placebos: number;
  widened: number;
  minimum_detectable: number | null;
  baseline: number | null;
  design: "control" | "staggered" | "single" | null;
  pre_days: number;
  post_days: number;
  missing_days: number;
  treated_units: number;
  control_units: number;
  left_out: string[];
  naive: { effect: number; low: number; high: number; p: number } | null;
  by_units: { effect: number; low: number; high: number; p: number; clusters: number } | null;
  event_study: EventStudyPoint[];
  days: DayPoint[];
  reason: (typeof REASONS)[number] | null;
  not_checked: (typeof UNCHECKED_OF_BEFORE_AFTER)[number][];
  sentence: string;
  money_told: string[];
}

export interface BeforeAfterFields {
  name: string;
  measure: BeforeAfterMeasure;
  of: string;
  direction: Wanted;
  treated: Segment | string | null;
  comparison: Segment | string | null;
  /** Values of a property and their first days; those without one are compared with. */
  roll_out: { by: string; starts: Record<string, string | null> } | null;
  start: string | null;
  wait_days: number;
  value: number | null;
  cost: number | null;
}

export interface BeforeAfter extends BeforeAfterFields {
  id: string;
  revision: number;
  author: string;
  created: string;
  changed: string;
  result: BeforeAfterResult | null;
  verdict: { unit: "share" | "score" | "count" | "number" } | null;
  computed: string | null;
}

export type NewExperiment = Omit<ExperimentFields, "metric" | "guardrails"> & { metric: Omit<Metric, "margin">; guardrails: Metric[] };
export type NewBeforeAfter = Partial<BeforeAfterFields> & Pick<BeforeAfterFields, "name" | "of">;

export type ProofApi = ReturnType<typeof proofApi>;

export function proofApi(api: Api) {
  const at = (noun: string, id: string, rest = ""): string => `/${noun}/${encodeURIComponent(id)}${rest}`;
  return {
    experiments: (o?: Options) => api.get<Experiment[]>("/experiments", {}, o),
    experiment: (id: string, o?: Options) => api.get<Experiment>(at("experiments", id), {}, o),
    createExperiment: (asked: NewExperiment, o?: Options) => api.post<Experiment>("/experiments", asked, o),
    changeExperiment: ({ id, revision }: Experiment, set: Partial<NewExperiment>, o?: Options) => api.send<Experiment>("PATCH", at("experiments", id), { ...set, revision }, o),
    startExperiment: (id: string, o?: Options) => api.post<Experiment>(at("experiments", id, "/start"), undefined, o),
    stopExperiment: (id: string, o?: Options) => api.post<Experiment>(at("experiments", id, "/stop"), undefined, o),
    removeExperiment: ({ id, revision }: Experiment, o?: Options) => api.send<null>("DELETE", at("experiments", id, `?revision=${revision}`), undefined, o),
    result: (id: string, o?: Options) => api.get<ExperimentResult>(at("experiments", id, "/result"), {}, o),
    verdicts: (o?: Options) => api.get<VerdictNow[]>("/experiments/verdicts", {}, o),
    analyseFile: (upload: string, columns: ExperimentFile, o?: Options) => api.post<FileAnalysis>("/experiments/file", { upload, columns }, o),
    judgeFile: (upload: string, columns: BeforeAfterFile, o?: Options) => api.post<BeforeAfterResult>("/before-after/file", { upload, columns }, o),
    discard: (upload: string, o?: Options) => api.send<null>("DELETE", `/uploads/${encodeURIComponent(upload)}`, undefined, o),
    plan: (asked: PlanAsked, o?: Options) => api.post<SizePlan>("/experiments/plan", asked, o),
    beforeAfters: (o?: Options) => api.get<BeforeAfter[]>("/before-after", {}, o),
    beforeAfter: (id: string, o?: Options) => api.get<BeforeAfter>(at("before-after", id), {}, o),
    createBeforeAfter: (asked: NewBeforeAfter, o?: Options) => api.post<BeforeAfter>("/before-after", asked, o),
    changeBeforeAfter: ({ id, revision }: BeforeAfter, fields: Partial<NewBeforeAfter>, o?: Options) => api.send<BeforeAfter>("PATCH", at("before-after", id), { revision, fields }, o),
    measure: (id: string, o?: Options) => api.post<BeforeAfter>(at("before-after", id, "/measure"), undefined, o),
    removeBeforeAfter: ({ id, revision }: BeforeAfter, o?: Options) => api.send<null>("DELETE", at("before-after", id, `?revision=${revision}`), undefined, o),
  };
}

/** How a before/after stands on a day: its change is still to come, its waiting time runs, or it is over. */
export function phaseOf(one: Pick<BeforeAfter, "start" | "roll_out" | "wait_days">, today: string): "planned" | "running" | "ended" {
  const days = [one.start, ...Object.values(one.roll_out?.starts ?? {})].filter((day) => day !== null).sort();
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined || first > today) return "planned";
  return Date.parse(today) - Date.parse(last) < one.wait_days * 86_400_000 ? "running" : "ended";
}

/** Everybody who was exposed to one arm and to no other. */
export function peopleOf({ id, name, arms }: Pick<Experiment, "id" | "name" | "arms">, arm: string): Segment {
  const exposed = (names: string[]) => ({ did: EXPOSURE, where: { all: [{ field: "property.experiment", op: "in" as const, value: [id, name] }, { field: "property.arm", op: "in" as const, value: names }] } });
  const others = arms.map((one) => one.name).filter((one) => one !== arm);
  return { of: "people", where: { all: [exposed([arm]), { not: exposed(others) }] } };
}
