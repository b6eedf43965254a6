/** Questions of return, time, credit and channels: what they are asked with and what they answer. */

import type { DiscoveryQuestions } from "./discovery";
import type { EvidenceGrade, ObstacleQuestions } from "./obstacles";
import type { Asked, Breakdown, FunnelRequest, FunnelResult, Interval, PathsRequest, PathsResult, Period, Result, SessionsRequest, SessionsResult, TransitionsRequest, TransitionsResult, VariantsRequest, VariantsResult } from "./questions";

export type RetentionMode = "classic" | "rolling" | "bracketed";

export interface RetentionRequest extends Asked {
  period?: Period;
  periods?: number;
  start?: string | null;
  start_kind?: "first" | "any";
  returning?: string | null;
  mode?: RetentionMode;
  brackets?: number[] | null;
  /** `calendar`, or what the start event is broken down by. */
  cohort?: "calendar" | Breakdown;
  top?: number;
}

export interface Cohort {
  start: string | null;
  name: string | null;
  people: number;
  /** By period, the start's own first: those whose time there is over, and how many of them came back; null if it is over for nobody. */
  old_enough: number[];
  returned: (number | null)[];
}

export interface RetentionPeriod extends Interval {
  period: number;
  label: string | null;
  /** Those old enough to be counted here. */
  people: number;
  returned: number;
  share: number | null;
}

export interface RetentionResult extends Result {
  cohorts: Cohort[];
  overall: RetentionPeriod[];
}

export interface LifecycleRequest extends Asked {
  period?: Period;
  event?: string | null;
}

export interface LifecyclePeriod {
  start: string;
  new: number;
  returning: number;
  resurrecting: number;
  /** Null while the period is not over. */
  dormant: number | null;
  mature: boolean;
}

export interface LifecycleResult extends Result {
  periods: LifecyclePeriod[];
}

export interface StickinessRequest extends Asked {
  period?: "week" | "month";
  of?: "day";
  event?: string | null;
}

export interface StickinessPeriod {
  start: string;
  people: number;
  average_days: number | null;
  mature: boolean;
}

/** The bars are of the last period that is over. */
export interface StickinessResult extends Result {
  start: string | null;
  mature: boolean;
  people_active: number;
  average_days: number | null;
  bars: { days: number; people: number; share: number }[];
  periods: StickinessPeriod[];
}

export interface DurationsRequest extends Asked {
  from: string;
  to: string;
  by?: Breakdown | null;
  of?: "touchpoint" | "stage";
  horizon?: string | null;
}

export interface Survival extends Interval {
  median_seconds: number | null;
  share_reached: number | null;
  share_low: number | null;
  share_high: number | null;
}

export interface CurvePoint {
  seconds: number;
  reached: number;
  low: number;
  high: number;
  at_risk: number;
}

export interface DurationFigures {
  entered: number;
  n: number;
  censored: number;
  share: number;
  median_seconds: number | null;
  p90_seconds: number | null;
  survival: Survival;
  curve: CurvePoint[];
}

export interface DurationGroup extends DurationFigures {
  name: string | null;
}

export interface DurationsResult extends Result, DurationFigures {
  groups: DurationGroup[];
  log_rank: { statistic: number; df: number; p: number } | null;
}

export type Model = "first" | "last" | "last_non_direct" | "linear" | "time_decay" | "position" | "markov" | "shapley";

export interface AttributionRequest extends Asked {
  goal: string;
  models?: Model[] | null;
  credit?: "conversions" | "value";
  within?: string | null;
  half_life?: string;
  /** Touches that count as direct. */
  direct?: string[];
  order?: number;
  touch?: "channel" | "touchpoint" | "source";
  intervals?: boolean;
}

export type Credits = Record<string, number>;

export interface AttributionResult extends Result {
  models: Partial<Record<Model, Credits>>;
  conversions: number;
  people_converted: number;
  /** What the goals are worth together; null without values. */
  value: number | null;
  nulls: number;
  paths: number;
  unattributed: number;
  intervals: Partial<Record<Model, Record<string, [number, number]>>>;
  removal_effects: Credits;
  rows: ({ channel: string } & Record<string, number | string>)[];
}

export interface SwitchesRequest extends Asked {
  within?: string;
  /** `touchpoint`, `stage` or `property.PATH`. */
  topic?: string;
  goal?: string | null;
}

export interface Switch extends Interval {
  from: string;
  to: string;
  count: number;
  people: number;
  median_seconds: number | null;
  p90_seconds: number | null;
  repeated: number;
  repeated_share: number;
  topics: { name: string; count: number }[];
}

export interface Mix extends Interval {
  channels: string[];
  people: number;
  share: number;
  reached: number | null;
  share_reached: number | null;
}

export interface SwitchesResult extends Result {
  switches: Switch[];
  channels: { channels: number; people: number; share: number }[];
  mixes: Mix[];
  people_with_channel: number;
  total: number;
}

export interface MicroConversionsRequest extends Asked {
  goal: string;
  names?: string[] | null;
}

export interface MicroConversion extends Interval {
  name: string;
  people: number;
  share: number;
  before_goal: number;
  converted_with: number;
  rate_with: number | null;
  converted_without: number;
  rate_without: number | null;
  lift: number | null;
  lift_low: number | null;
  lift_high: number | null;
  /** Of those not yet at the goal at the landmark: how much oftener those with the step reach it later. */
  predicts: Uncertain & { lift: number | null; auc: number | null };
  /** How much oftener the goal comes next once the step is taken. */
  hazard: Uncertain & { ratio: number | null };
  /** What the step may add, adjusted; `e_value_low`: how strong a hidden factor would explain it away. */
  influence: Uncertain & { estimate: number | null; e_value_low: number | null; exposed: number; grade: EvidenceGrade };
}

interface Uncertain {
  low: number | null;
  high: number | null;
}

export interface MicroConversionsResult extends Result {
  rows: MicroConversion[];
  landmark_seconds: number;
  converted: number;
  naive: true;
}

/** Every question of the workbench by its name on the server. */
export interface Questions {
  funnel: { request: FunnelRequest; result: FunnelResult };
  paths: { request: PathsRequest; result: PathsResult };
  transitions: { request: TransitionsRequest; result: TransitionsResult };
  variants: { request: VariantsRequest; result: VariantsResult };
  sessions: { request: SessionsRequest; result: SessionsResult };
  durations: { request: DurationsRequest; result: DurationsResult };
  retention: { request: RetentionRequest; result: RetentionResult };
  lifecycle: { request: LifecycleRequest; result: LifecycleResult };
  stickiness: { request: StickinessRequest; result: StickinessResult };
  attribution: { request: AttributionRequest; result: AttributionResult };
  switches: { request: SwitchesRequest; result: SwitchesResult };
  micro_conversions: { request: MicroConversionsRequest; result: MicroConversionsResult };
}

/** Questions that have screens of their own, and no place in the workbench. */
export type ScreenQuestions = DiscoveryQuestions & ObstacleQuestions;

/** Every question that can be asked. */
export type AllQuestions = Questions & ScreenQuestions;

export type QuestionName = keyof Questions;
export type Ask<N extends QuestionName = QuestionName> = Questions[N]["request"];
export type Answer<N extends QuestionName = QuestionName> = Questions[N]["result"];
