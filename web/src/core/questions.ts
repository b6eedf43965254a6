/** What each question is asked with and answers. Shares are 0..1, spans are seconds, `low` and `high` a 95 % interval. */

import type { Segment } from "./segments";

export type Grain = "person" | "journey" | "case";
export type Period = "day" | "week" | "month";
/** `channel`, `source`, `stage`, `touchpoint`, `event`, `property.PATH` or `trait.NAME`. */
export type Breakdown = string;

export interface Filters {
  since?: string;
  until?: string;
  channels?: string[];
  sources?: string[];
  traits?: Record<string, string[]>;
}

export interface Asked {
  grain?: Grain;
  by_event_name?: boolean;
  filters?: Filters;
  /** A segment, the name of a saved one, or null for everybody. */
  segment?: Segment | string | null;
  /** Version or name of a definition; null for the newest of the main one. */
  definition?: number | string | null;
  /** The day that counts as today; later events are left out. */
  today?: string | null;
}

export interface Cut {
  what: string;
  kept: number;
  total: number;
}

export interface Result {
  question: string;
  grain: Grain;
  people_in_scope: number;
  events: number;
  outside_definition: number;
  first: string | null;
  last: string | null;
  definition_version: number | null;
  definition_name: string | null;
  /** The segment as text. */
  segment: string | null;
  zone: string;
  /** The moment that "today" stands for. */
  until: string | null;
  filters: Filters;
  cut: Cut[];
  drilldown: string;
}

export interface Interval {
  low: number | null;
  high: number | null;
}

export interface FunnelStepAsked {
  name: string;
  optional?: boolean;
  within?: string | null;
  first_ever?: boolean;
}

export interface Exclusion {
  name: string;
  /** Steps, counted from 1; without them between any two. */
  after?: number | null;
  before?: number | null;
}

export type Order = "ordered" | "strict" | "any";

export interface FunnelRequest extends Asked {
  steps: (string | FunnelStepAsked)[];
  within?: string | null;
  order?: Order;
  exclude?: (string | Exclusion)[];
  by?: Breakdown | null;
  /** `first`, `last`, `all` or `step:K`. */
  attribution?: string;
  top?: number;
  trend?: Period | null;
}

export interface FunnelStep extends Interval {
  name: string;
  optional: boolean;
  people: number;
  share_of_first: number;
  share_of_previous: number;
  median_seconds_from_first: number | null;
  p90_seconds_from_first: number | null;
  median_seconds_from_previous: number | null;
  p90_seconds_from_previous: number | null;
}

export interface FunnelGroup {
  name: string | null;
  people: number;
  steps: FunnelStep[];
}

export interface FunnelPeriod {
  start: string;
  /** Whether the window of those who entered here has passed. */
  mature: boolean;
  people: number[];
}

export interface TimeBucket {
  from_seconds: number;
  to_seconds: number;
  people: number;
}

export interface FunnelResult extends Result {
  steps: FunnelStep[];
  within_seconds: number | null;
  order: Order;
  excluded: { people: number; people_lost: number };
  times: { step: number; buckets: TimeBucket[] }[];
  groups: FunnelGroup[];
  periods: FunnelPeriod[];
}

export interface TransitionsRequest extends Asked {
  collapse?: boolean;
  medians?: boolean;
  top?: number | null;
  goal?: string | null;
  /** Only units that reach the goal, or that do not; null for all. */
  reached?: boolean | null;
}

export interface Transition {
  from: string;
  to: string;
  count: number;
  people: number;
  share: number;
  median_seconds: number | null;
  p90_seconds: number | null;
}

export interface TransitionsResult extends Result {
  transitions: Transition[];
  total: number;
}

export type LabelledBy = "touchpoint" | "stage" | "channel";

export interface VariantsRequest extends Asked {
  top?: number;
  collapse?: boolean;
  by?: LabelledBy;
}

export interface Variant {
  path: string[];
  people: number;
  share: number;
  cumulative_share: number;
}

export interface VariantsResult extends Result {
  variants: Variant[];
  distinct: number;
  coverage: { variants: number; share: number }[];
}

export type Direction = "from" | "to" | "around" | "between";

export interface PathsRequest extends Asked {
  anchor: string;
  direction?: Direction;
  to?: string | null;
  depth?: number;
  max_nodes_per_layer?: number;
  min_share?: number;
  collapse?: boolean;
  form?: "flow" | "graph";
}

export interface PathNode {
  layer: number;
  name: string;
  people: number;
}

export interface PathLink {
  layer: number;
  from: string;
  to: string;
  people: number;
}

export interface GraphNode {
  name: string;
  people: number;
  events: number;
}

export interface GraphEdge {
  from: string;
  to: string;
  people: number;
  count: number;
}

export interface PathsResult extends Result {
  layers: PathNode[][];
  links: PathLink[];
  people_entered: number;
  /** Between two touchpoints, those who reach the second; else null. */
  arrived: number | null;
  anchor_layer: number;
  nodes: GraphNode[];
  edges: GraphEdge[];
}

export interface SessionsRequest extends Asked {
  gap?: string;
  /** Gaps of single channels, by the channel of the earlier event. */
  gaps?: Record<string, string>;
  by?: Breakdown | null;
}

export interface SessionsResult extends Result, Interval {
  sessions: number;
  people_with_sessions: number;
  bounced: number;
  bounce_share: number;
  events_per_session: number;
  median_seconds: number | null;
  p90_seconds: number | null;
  sessions_per_person: number;
  entries: { name: string; sessions: number; bounced: number; share: number }[];
  exits: { name: string; sessions: number; share: number }[];
  groups: { name: string | null; sessions: number; bounced: number; bounce_share: number; median_seconds: number | null }[];
}
