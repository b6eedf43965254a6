/** KPIs as the server writes them, and their client: the registry, figures with their series, the people behind. */

import type { Api, Options } from "./api";
import type { PeoplePage, Segment } from "./types";

export const UNITS = ["score", "share", "days", "money", "seconds", "count"] as const;
export type KpiUnit = (typeof UNITS)[number];
export type Direction = "up" | "down";
export const PERIODS = ["day", "week", "month"] as const;
export type Period = (typeof PERIODS)[number];
export const FAMILIES = ["scores", "rates", "times", "money", "plain"] as const;

export interface KpiValue {
  kind: string;
  value: number | null;
  low: number | null;
  high: number | null;
  n: number;
  formula: string;
  unit: KpiUnit;
  counts: Record<string, number>;
  refused: string | null;
  /** How many people `n` is of; null where it counts people, or nobody is known. */
  people?: number | null;
}

export interface Reading {
  day: string;
  counts: Record<string, number>;
  dimensions: Record<string, string>;
}

export interface FromEvents {
  origin: "events";
  touchpoints: string[];
  start: string[];
  goal: string[];
  within: string | null;
  refunds: string[];
  channels: string[];
  property: string | null;
  survey: string | null;
  question: string | null;
  scale: string | null;
}

export interface FromQuestion {
  origin: "question";
  question: string;
  fields: Record<string, unknown>;
  label: string | null;
}

export interface FromReadings {
  origin: "imported" | "typed";
  readings: Reading[];
}

export type KpiSource = FromEvents | FromQuestion | FromReadings;
export const ORIGINS = ["events", "question", "imported", "typed"] as const;
export type Origin = (typeof ORIGINS)[number];

export interface Target {
  value: number;
  by: string | null;
}

/** A target on the days that it held, both included; it still holds where there is no last one. */
export interface HeldTarget extends Target {
  since: string;
  until: string | null;
}

export interface KpiPlace {
  touchpoint: string | null;
  stage: string | null;
  channel: string | null;
  map: string | null;
}

export interface KpiFields {
  name: string;
  kind: string;
  source: KpiSource;
  direction: Direction | null;
  description: string;
  currency: string | null;
  owner: string | null;
  target: Target | null;
  dimensions: string[];
  place: KpiPlace;
  serves: string | null;
  key: string | null;
}

export interface Kpi extends KpiFields {
  id: string;
  revision: number;
  author: string;
  created: string;
  changed: string;
}

/** What is said of a new one, or of a change. */
export type KpiWritten = Partial<Omit<KpiFields, "source">> & { source?: Partial<KpiSource> & { origin: Origin } };

export interface KpiAsked {
  since?: string;
  until?: string;
  by: Period;
  /** How many periods up to `until`, in place of `since`. */
  last?: number;
  segment?: Segment | string;
  versus?: Segment | string;
  previous?: boolean;
  dimensions?: Record<string, string>;
  /** Into which parts the figure is taken apart: `channel`, `trait.NAME`, `persona` and the like. */
  split?: string;
}

/** A part's figure less that of all others; `q` over all parts (Benjamini-Hochberg). */
export interface FromRest {
  difference: number;
  low: number;
  high: number;
  q: number;
  differs: boolean;
}

export interface KpiPart {
  value: string | null;
  figure: KpiValue | null;
  hidden: "few_people" | "would_tell" | null;
  rest: FromRest | null;
}

export interface KpiSplit {
  by: string;
  found: number;
  apart: boolean;
  threshold: number;
  parts: KpiPart[];
  not_compared: "one_part" | "no_interval" | "overlapping" | null;
}

/** A day that is not as its weekday and season let expect. */
export interface Anomaly {
  kpi: string;
  name: string;
  day: string;
  unit: KpiUnit;
  value: number;
  n: number;
  expected: number;
  better: boolean;
}

export interface KpiPoint {
  since: string;
  until: string;
  over: boolean;
  figure: KpiValue;
}

export interface KpiComparison {
  against: "previous" | "target" | "segment";
  other: KpiValue | Target;
  difference: number | null;
  low: number | null;
  high: number | null;
  changed: boolean | null;
  better: boolean | null;
  shared: number | null;
}

export interface KpiSeries {
  kpi: string;
  name: string;
  kind: string;
  direction: Direction;
  currency: string | null;
  since: string;
  until: string;
  by: Period;
  zone: string;
  segment: string | null;
  figure: KpiValue;
  points: KpiPoint[];
  comparisons: KpiComparison[];
  not_yet_mature: number | null;
  target_past: boolean;
  targets: HeldTarget[];
  split?: KpiSplit | null;
}

export interface KpiCount {
  name: string;
  optional: boolean;
  meaning: string;
}

export interface KpiKind {
  kind: string;
  name: string;
  family: string;
  family_name: string;
  unit: KpiUnit;
  direction: Direction;
  formula: string;
  from_events: boolean;
  needs: string[];
  counts: KpiCount[];
}

export interface ReadingsImport {
  created: string[];
  changed: string[];
  readings: number;
}

/** Whose people, and of when: as a figure was measured; `part` is one of its counts. */
export interface Behind {
  since: string;
  until: string;
  part: string | null;
  segment: string | null;
  /** Of one part: by what the figure was taken apart, and the part's value. */
  split?: string;
  value?: string | null;
}

export type KpiApi = ReturnType<typeof kpiApi>;

export function kpiApi(api: Api) {
  const at = (id: string, rest = ""): string => `/kpis/${encodeURIComponent(id)}${rest}`;
  return {
    all: (o?: Options) => api.get<Kpi[]>("/kpis", {}, o),
    one: (id: string, o?: Options) => api.get<Kpi>(at(id), {}, o),
    kinds: (o?: Options) => api.get<KpiKind[]>("/kpis/kinds", {}, o),
    create: (asked: KpiWritten, o?: Options) => api.post<Kpi>("/kpis", asked, o),
    change: (id: string, revision: number, set: KpiWritten, o?: Options) => api.send<Kpi>("PATCH", at(id), { ...set, revision }, o),
    remove: (id: string, revision: number, o?: Options) => api.send<null>("DELETE", `${at(id)}?revision=${revision}`, undefined, o),
    measure: (id: string, asked: KpiAsked, o?: Options) => api.post<KpiSeries>(at(id, "/measure"), asked, o),
    /** Several at once; all for null. */
    measureAll: (kpis: readonly string[] | null, asked: KpiAsked, o?: Options) => api.post<KpiSeries[]>("/kpis/measure", { ...asked, kpis }, o),
    people: (id: string, of: Behind, limit: number, offset: number, o?: Options) => api.get<PeoplePage>(at(id, "/people"), { ...of, limit, offset }, o),
    /** Days that stand out among these KPIs, at one rate of false alarms for all. */
    anomalies: (kpi: readonly string[], since: string, until: string, segment: string | null, o?: Options) => api.get<{ found: Anomaly[] }>(`/anomalies?${new URLSearchParams([...kpi.map((one) => ["kpi", one]), ["since", since], ["until", until], ...(segment ? [["segment", segment]] : [])])}`, {}, o),
    /** Takes the counts of an uploaded file: our CSV, or metrics of TheyDo as JSON. */
    read: (upload: string, origin: "imported" | "typed", o?: Options) => api.post<ReadingsImport>("/kpis/import", { upload, origin }, o),
    exportAddress: (form: "csv" | "theydo", by: Period) => `/api/kpis/export?form=${form}&by=${by}`,
  };
}

/** Whether somebody said the figures, rather than data. */
export const isTyped = (kpi: Pick<Kpi, "source">): boolean => kpi.source.origin === "typed";

/** Whether the people behind a figure can be listed. */
export const hasPeople = (kpi: Pick<Kpi, "source">): boolean => kpi.source.origin === "events";
