/** The shapes of the HTTP contract, as the server's models write them. Times are ISO 8601 in UTC, spans are seconds. */

export type Grain = "person" | "journey" | "case";

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
  filters: Filters;
  cut: Cut[];
  drilldown: string;
}

export interface FunnelRequest extends Asked {
  steps: string[];
  within?: string | null;
}

export interface FunnelStep {
  name: string;
  people: number;
  share_of_first: number;
  share_of_previous: number;
  median_seconds_from_first: number | null;
}

export interface FunnelResult extends Result {
  steps: FunnelStep[];
  within_seconds: number | null;
}

export interface TransitionsRequest extends Asked {
  collapse?: boolean;
  medians?: boolean;
  top?: number | null;
}

export interface Transition {
  from: string;
  to: string;
  count: number;
  people: number;
  share: number;
  median_seconds: number | null;
}

export interface TransitionsResult extends Result {
  transitions: Transition[];
  total: number;
}

export interface VariantsRequest extends Asked {
  top?: number;
  collapse?: boolean;
  by?: "touchpoint" | "stage" | "channel";
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
}

export interface PathsRequest extends Asked {
  anchor: string;
  direction?: "from" | "to" | "around";
  depth?: number;
  max_nodes_per_layer?: number;
  collapse?: boolean;
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

export interface PathsResult extends Result {
  layers: PathNode[][];
  links: PathLink[];
  people_entered: number;
  anchor_layer: number;
}

export interface DurationsRequest extends Asked {
  from: string;
  to: string;
  by?: "channel" | "stage" | null;
  of?: "touchpoint" | "stage";
}

export interface DurationGroup {
  name: string | null;
  entered: number;
  n: number;
  share: number;
  median_seconds: number | null;
  p90_seconds: number | null;
}

export interface DurationsResult extends Result {
  groups: DurationGroup[];
  n: number;
  entered: number;
  share: number;
  median_seconds: number | null;
  p90_seconds: number | null;
}

export interface SourceStatus {
  name: string;
  events: number;
  /** Rows that describe people rather than what they did. */
  traits: number;
  rejected: number;
  first: string | null;
  last: string | null;
}

export interface Status {
  events: number;
  people: number;
  sources: SourceStatus[];
  first: string | null;
  last: string | null;
}

export interface MapSummary {
  name: string;
  goal: string | null;
  drawn: string;
  stages: number;
  touchpoints: number;
  definition_version: number;
}

export type NextStep = "import_data" | "build" | "propose_definition" | "draw_map" | "review_rejects" | "explore";

export interface Overview {
  status: Status;
  maps: MapSummary[];
  thumbnail_map: string | null;
  next_steps: NextStep[];
}

export interface Dimensions {
  channels: string[];
  traits: Record<string, string[]>;
  touchpoints: string[];
  stages: string[];
  event_names: string[];
  goals: string[];
  first: string | null;
  last: string | null;
}

export interface Identifier {
  type: string;
  value: string;
}

export interface PersonRow {
  person: string;
  identifiers: Identifier[];
  events: number;
  first: string;
  last: string;
  channels: string[];
}

export interface PeoplePage {
  total: number;
  units: number;
  people: PersonRow[];
}

export interface Person {
  person: string;
  identifiers: Identifier[];
  traits: Record<string, unknown>;
  events: number;
  first: string | null;
  last: string | null;
}

export interface TimelineEvent {
  arrival: number;
  time: string;
  precision: string;
  zone: string | null;
  name: string;
  touchpoint: string | null;
  stage: string | null;
  channel: string | null;
  source: string;
  value: number | null;
  currency: string | null;
  text: string | null;
  score: number | null;
  case_id: string | null;
  caveat: string | null;
}

export interface Timeline {
  events: TimelineEvent[];
  more: boolean;
}

export interface Preset {
  name: string;
  title: string;
  recognises: string[];
}

export interface Upload {
  upload: string;
  name: string;
  bytes: number;
}

/** The mapping document as JSON; its fields are described by the server's model. */
export type Mapping = Record<string, unknown>;

export interface PreviewRow {
  time: string | null;
  precision: string | null;
  identifiers: Identifier[];
  name: string | null;
  channel: string | null;
  case_id: string | null;
  value: number | null;
  currency: string | null;
  text: string | null;
  score: number | null;
  properties: Record<string, unknown> | null;
}

export interface ReasonCount {
  reason: string;
  count: number;
}

export interface RejectSample {
  line: number;
  reason: string;
  detail: string;
  raw: string;
}

export interface Preview {
  file: string;
  format: string;
  encoding: string | null;
  delimiter: string | null;
  columns: { name: string; type: string; samples: string[] }[];
  preset: string | null;
  mapping: Mapping | null;
  guessed: boolean;
  rows: PreviewRow[];
  read: number;
  complete: boolean;
  rejected: ReasonCount[];
  reject_samples: RejectSample[];
}

export interface ImportSummary {
  read: number;
  new: number;
  known: number;
  replaced: number;
  withdrawn: number;
  rejected: Record<string, number>;
  people: number;
  first: string | null;
  last: string | null;
  seconds: number;
  rows_per_second: number;
}

export interface Job {
  job: string;
  state: "running" | "done" | "failed";
  rows: number;
  rows_per_second: number;
  summary: ImportSummary | null;
  error: { code: string; message: string; details?: unknown } | null;
}

export interface RejectRow extends RejectSample {
  source: string;
  file: string;
}

export interface Rejects {
  total: number;
  rows: RejectRow[];
  by_reason: { source: string; reason: string; count: number }[];
}

export interface Replayed {
  replayed: number;
  accepted: number;
  still_rejected: number;
}

export type * from "./mapdoc";
