/** What the server measured for a map; see the published schema. Keys are ids of the map. */

import type { Polarity } from "../feedback";
import type { Cut, Filters, Grain } from "../types";
import type { JourneyMap, LibraryItem, ScoreScale } from "./document";

export type Grade = "measured" | "some" | "assumed";

export interface Proof {
  grade: Grade;
  n: number;
  since: string | null;
  until: string | null;
  last_true: string | null;
  freshness: number;
}

export interface Change {
  before: number;
  difference: number;
  low: number | null;
  high: number | null;
  changed: boolean;
}

export interface Figure {
  value: number | null;
  unit: "people" | "share" | "seconds" | "score";
  n: number;
  of: number | null;
  low: number | null;
  high: number | null;
  proof: Proof;
  cell: string | null;
  spark: (number | null)[];
  change: Change | null;
}

export interface ChannelSwitch {
  from: string;
  to: string;
  people: number;
  cell: string;
}

export interface StageMeasured {
  people: number;
  share: number | null;
  events: number;
  goes_on: number;
  goes_on_share: number | null;
  goes_on_interval: [number, number] | null;
  dropped: number;
  open: number;
  loops: number;
  median_seconds_to_later: number | null;
  onward: { to: string; people: number }[];
  channel_switches: ChannelSwitch[];
  proof: Proof;
  index: number;
  cell: string;
}

export interface CardMeasured {
  figure: Figure | null;
  needs: string | null;
  channels: string[];
  caveat: "known_only_with_purchase" | null;
  ratings: Partial<Record<"customer" | "organisation" | "expectation", Figure>>;
}

export interface EmotionPoint {
  step: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number;
  people: number;
  by_scale: Partial<Record<ScoreScale, number>>;
  /** Texts, on a curve of words. */
  by_label: Partial<Record<Polarity, number>>;
  proof: Proof;
  cell: string | null;
}

export interface EmotionCurve {
  lane: string;
  of: "scores" | "words" | "behaviour";
  segment: string | null;
  points: EmotionPoint[];
  peak: string | null;
  lowest: string | null;
  end: string | null;
  /** Token of its cells; null: that of the whole answer. */
  drilldown: string | null;
}

export interface HandOffMeasured {
  from: string;
  to: string;
  people: number;
  median_seconds: number | null;
  repeated_share: number | null;
  cell: string;
}

export interface Measured {
  as_of: string;
  data_since: string | null;
  data_until: string | null;
  definition: string | null;
  definition_version: number;
  coherence: number | null;
  grain: Grain;
  filters: Filters;
  segment: string | null;
  people_in_scope: number;
  events: number;
  outside_definition: number;
  goal_people: number | null;
  goal_share: number | null;
  stages: Record<string, StageMeasured>;
  cards: Record<string, CardMeasured>;
  steps: Record<string, Figure>;
  hand_offs: Record<string, HandOffMeasured[]>;
  emotion: EmotionCurve[];
  unplaced: { name: string; channel: string | null; stage: string | null; people: number }[];
  coverage: { measured: number; some: number; assumed: number };
  cut: Cut[];
  drilldown: string;
}

export interface Deviation {
  kind: "missing" | "ad_hoc" | "irregular" | "failed";
  step: string | null;
  touchpoint: string | null;
  after: string | null;
  people: number;
  count: number;
  cell: string;
}

export interface StepConformance {
  step: string;
  people: number;
  conforming: number;
  share: number | null;
  low: number | null;
  high: number | null;
  effort: number | null;
  cell: string;
  conforming_cell: string;
}

export interface Conformance {
  ideal: string;
  grain: Grain;
  people: number;
  fitness: number | null;
  exact: number;
  steps: StepConformance[];
  deviations: Deviation[];
  paths: Record<string, number>;
  cut: Cut[];
  drilldown: string;
}

export interface Sheet extends JourneyMap {
  version: number;
  library: LibraryItem[];
  measured: Measured | null;
  snapshot: string | null;
}
