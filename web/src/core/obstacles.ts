/** Obstacles: what detectors, hazards and scans over time are asked with and answer, and what they may cost. */

import type { Asked, Result } from "./questions";

/** A randomised, B quasi-experiment, C adjusted association, D raw pattern. */
export type EvidenceGrade = "A" | "B" | "C" | "D";

export const DETECTORS = [
  "rage_click", "dead_click", "error_after_click", "ping_pong", "self_loop", "long_wait", "repeat_contact",
  "channel_switch_repeat", "drop_off", "too_many_touchpoints", "silence_after_promise", "not_found",
] as const;
export type Detector = (typeof DETECTORS)[number];

export interface ObstaclesRequest extends Asked {
  kinds?: Detector[] | null;
  goal?: string | null;
  language?: string;
}

export interface Within {
  days: number;
  count: number;
  people: number;
  of: number;
  share: number;
  low: number;
  high: number;
}

export interface Obstacle {
  kind: Detector;
  touchpoint: string;
  channel: string | null;
  other: string | null;
  count: number;
  people: number;
  /** Those it could have happened to; `low` to `high` is the interval of the share. */
  of: number;
  share: number;
  low: number;
  high: number;
  people_per_month: number;
  first: string;
  last: string;
  /** The share if nothing were wrong; null where nothing is expected. */
  expected: number | null;
  above: number;
  above_low: number;
  above_high: number;
  q: number | null;
  rank_low: number;
  rank_high: number;
  within: Within[];
  cell: string;
  examples: string[];
  sentence: string;
}

export interface NotMeasurable {
  kind: Detector;
  reason: string;
  sentence: string;
}

export interface ObstaclesResult extends Result {
  grade: EvidenceGrade;
  obstacles: Obstacle[];
  measured: Detector[];
  not_measurable: NotMeasurable[];
}

export type HazardOutcome = "convert" | "drop" | "contact";

export interface FrictionRequest extends Asked {
  goal: string;
  gap?: string | null;
}

export interface Finding {
  touchpoint: string;
  channel: string | null;
  outcome: HazardOutcome;
  hazard_ratio: number | null;
  low: number | null;
  high: number | null;
  p: number | null;
  q: number | null;
  shrunk: number | null;
  /** Observed / expected at the same step numbers, with nothing else adjusted. */
  raw_ratio: number | null;
  people: number;
  steps: number;
  events: number;
  expected: number;
  grade: EvidenceGrade;
  flagged: boolean;
  direction: "hinders" | "helps" | null;
  help_seeking: boolean;
  excess: number | null;
  rank: number | null;
  enough: boolean;
  reason: "few_people" | "few_events" | "no_outcome" | "no_contrast" | null;
}

export interface FrictionResult extends Result {
  goal: string;
  findings: Finding[];
  journeys: number;
  at_risk: { steps: number; converted: number; dropped: number; contacts: number; onward: number; censored: number };
  contacts: string[];
  gap_days: number;
  enough: boolean;
}

export interface TroublesRequest extends Asked {
  goal?: string | null;
}

export interface Trouble {
  kind: "loop" | "conversion";
  touchpoint: string;
  onward: string | null;
  within_seconds: number;
  /** What it is limited to; {} for everyone. */
  segment: Record<string, string>;
  from: string;
  to: string;
  running: boolean;
  people: number;
  hit: number;
  visits: number;
  observed: number;
  expected: number;
  share_during: number;
  share_usual: number;
  low: number;
  high: number;
  p: number;
}

export interface TroublesResult extends Result {
  enough: boolean;
  reason: "few_events" | "short_span" | null;
  running: number;
  bin_seconds: number;
  dimensions: string[];
  series: number;
  troubles: Trouble[];
}

export interface StakesRequest extends Asked {
  goal: string;
  touchpoint: string;
  obstacle?: Detector | null;
  channel?: string | null;
  language?: string;
}

export interface Effect {
  outcome: "goal" | "value" | "satisfaction";
  met: number;
  others: number;
  observed: number;
  expected: number;
  loss: number;
  low: number;
  high: number;
  naive: number;
  ratio: number | null;
  e_value: number | null;
  e_value_low: number | null;
}

export interface Estimate {
  estimate: number;
  low: number;
  high: number;
}

export interface Money {
  value: number;
  value_from: "typed" | "measured";
  fixable: number;
  per_month: Estimate;
  per_year: Estimate;
  naive_per_year: number;
}

/** How the chances of meeting it overlap: rows by bin of the chance, in both groups. */
export interface Overlap {
  edges: number[];
  exposed: number[];
  controls: number[];
  trimmed: number;
  effective_controls: number;
  imbalance: number;
  imbalance_before: number;
}

export interface StakesResult extends Result {
  goal: string;
  touchpoint: string;
  obstacle: Detector | null;
  enough: boolean;
  reason: "nobody_met_it" | "few_met_it" | "few_others" | "few_reach_goal" | null;
  grade: EvidenceGrade;
  met: number;
  met_reached: number;
  days: number;
  per_month: number;
  per_year: number;
  effects: Effect[];
  lost_per_month: Estimate | null;
  money: Money | null;
  overlap: Overlap | null;
  adjusted_for: string[];
  sentences: string[];
}

export interface ObstacleQuestions {
  obstacles: { request: ObstaclesRequest; result: ObstaclesResult };
  friction: { request: FrictionRequest; result: FrictionResult };
  troubles: { request: TroublesRequest; result: TroublesResult };
  stakes: { request: StakesRequest; result: StakesResult };
}
