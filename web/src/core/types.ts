/** The shapes of the HTTP contract, as the server's models write them. Times are ISO 8601 in UTC, spans are seconds. */

import type { MapInfo } from "./map/api";

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
  definition_version: number | null;
}

export type NextStep = "import_data" | "build" | "propose_definition" | "draw_map" | "review_rejects" | "explore";

export interface Overview {
  status: Status;
  maps: MapInfo[];
  /** Id of the map to show in small. */
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

export interface AnswerCount {
  question: string;
  scale: string | null;
  answers: number;
  texts: number;
  low: number | null;
  high: number | null;
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
  /** Of a survey: how many answers the rows give, by question. */
  answers: AnswerCount[];
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

export type * from "./outcomes";
export type * from "./questions";
export type * from "./segments";
export type * from "./workbench";
