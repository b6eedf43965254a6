/** Questions of discovery: stages, types of journeys, personas, drift. Written as the server's models of the same names. */

import type { Asked, Result } from "./questions";

export interface StagesRequest extends Asked {
  /** How many stages at most; null: as many as resampled people agree on. */
  k?: number | null;
  least?: number;
  properties?: string[];
  seed?: number;
}

/** A share with its interval. */
export interface Share {
  share: number;
  low: number;
  high: number;
}

export interface StageFound extends Share {
  name: string;
  people: number;
  level: number;
  touchpoints: string[];
}

export interface TouchpointStage {
  touchpoint: string;
  stage: number;
  level: number;
  people: number;
  /** How often resampled people put it into the same stage. */
  sureness: number;
}

export interface Occurrence {
  stage: number;
  count: number;
  share: number;
}

export interface Spanning {
  touchpoint: string;
  people: number;
  stages: Occurrence[];
  effective: number;
  /** `stage` or `property.NAME`. */
  split_by: string[];
}

export interface StagesResult extends Result {
  stable: boolean;
  agreement: number | null;
  reason: "no_steps" | "one_stage" | "varies" | null;
  /** 0 a funnel, 1 a circle; null without steps. */
  incoherence: number | null;
  groups: StageFound[];
  touchpoints: TouchpointStage[];
  spanning: Spanning[];
}

export interface TypesRequest extends Asked {
  k?: number | null;
  most?: number;
  goal?: string | null;
  seed?: number;
}

/** A touchpoint (one name) or a step (two) that a type does oftener than the others. */
export interface TypeTrait {
  names: string[];
  share: number;
  elsewhere: number;
}

export interface JourneyType extends Share {
  name: string;
  people: number;
  traits: TypeTrait[];
  medoid: string[];
  coverage: number;
  median_length: number;
  median_seconds: number;
  converted: number | null;
  rate: number | null;
  rate_low: number | null;
  rate_high: number | null;
}

export interface TypesResult extends Result {
  stable: boolean;
  reason: "too_few" | "one_kind" | null;
  goal: string | null;
  with_journey: number;
  groups: JourneyType[];
  mixed: { people: number; share: number };
  fits: { k: number; completed: number; bic: number; log_likelihood: number }[];
}

export interface PersonasRequest extends Asked {
  goal?: string | null;
  seed?: number;
}

export type Behaviour = "touchpoint" | "channel" | "activity" | "pace" | "repeats" | "visit_length" | "journeys" | "recency" | "value" | "weekend" | "evening";

export interface Mean {
  mean: number;
  low: number | null;
  high: number | null;
}

export interface PersonaTrait extends Mean {
  behaviour: Behaviour;
  name: string | null;
  everyone: number;
  log2_ratio: number | null;
  q: number;
  names_it: boolean;
}

export interface PersonaPart {
  name: string;
  share: number;
  everyone: number;
}

export interface MonthSize {
  start: string;
  people: number;
  share: number;
  over: boolean;
}

export interface Persona extends Share {
  name: string;
  names: Record<string, string>;
  people: number;
  stability: number;
  badge: "stable" | "valid" | "very_stable";
  value: Mean | null;
  pace_seconds: number | null;
  channels: PersonaPart[];
  touchpoints: PersonaPart[];
  goal: { n: number; rate: number; low: number; high: number } | null;
  journey: string[];
  traits: PersonaTrait[];
  trend: MonthSize[];
}

export interface PersonaMove {
  name: string;
  share_before: number;
  share_after: number;
  low: number;
  high: number;
  alarm: boolean;
}

export interface PersonasResult extends Result {
  goal: string | null;
  stable: boolean;
  reason: "too_few_people" | "too_few_events" | "one_population" | "unstable" | null;
  groups: Persona[];
  mixed: number;
  evidence: {
    people: number;
    components: number;
    covariance: "diag" | "tied" | null;
    parts: number;
    ari: number | null;
    jaccard: number[];
    resamples: number;
    needed_ari: number;
    needed_jaccard: number;
  };
  behaviours: string[];
  drift: { split: string; people_before: number; people_after: number; stayed: number | null; moves: PersonaMove[]; alarm: boolean } | null;
}

export interface DriftRequest extends Asked {
  permutations?: number;
  seed?: number;
}

export interface DriftChange {
  from: string;
  to: string;
  since: string;
  since_low: string;
  since_high: string;
  share_before: number;
  share_after: number;
  /** Of the difference. */
  low: number;
  high: number;
  q: number;
  people: number;
  people_before: number;
  count_before: number;
  of_before: number;
  count_after: number;
  of_after: number;
}

export interface DriftWindow {
  start: string;
  transitions: number;
  distance: number | null;
  expected: number | null;
  high: number | null;
}

export interface DriftResult extends Result {
  enough: boolean;
  reason: "few_transitions" | "short_span" | "no_starts" | null;
  p: number | null;
  window_days: number | null;
  silence_seconds: number;
  follow_seconds: number | null;
  transitions: number;
  rows_tested: number;
  changes: DriftChange[];
  series: DriftWindow[];
}

export interface DiscoveryQuestions {
  stages: { request: StagesRequest; result: StagesResult };
  types: { request: TypesRequest; result: TypesResult };
  personas: { request: PersonasRequest; result: PersonasResult };
  drift: { request: DriftRequest; result: DriftResult };
}
