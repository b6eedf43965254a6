/** The map document as the server writes it; see the published JSON Schema for what each field means. */

import type { Cut, Filters, Grain } from "./types";

export type Grade = "measured" | "some" | "assumed";
export type Need = "touchpoints" | "survey_or_comments" | "complaints_or_friction" | "pain_points" | "traits_or_segments";
export type Waiting = "emotion" | "pain" | "opportunity" | "persona";

export interface Evidence {
  grade: Grade;
  n: number;
  since: string | null;
  until: string | null;
  last_true: string | null;
}

export interface ChannelSwitch {
  from: string;
  to: string;
  people: number;
  cell: string;
}

export interface MapStage {
  name: string;
  people: number;
  share: number | null;
  events: number;
  goes_on: number;
  goes_on_share: number | null;
  goes_on_interval: [number, number] | null;
  dropped: number;
  open: number;
  median_seconds_to_later: number | null;
  loops: number;
  channel_switches: ChannelSwitch[];
  evidence: Evidence;
  cell: string;
}

export interface MapTouchpoint {
  name: string;
  channel: string | null;
  channels: string[];
  people: number;
  share: number | null;
  events: number;
  evidence: Evidence;
  caveat: "known_only_with_purchase" | null;
  cell: string;
}

export interface Flow {
  to: number;
  people: number;
}

export interface PathLane {
  kind: "path";
  cells: { onward: Flow[] }[];
}

export interface TouchpointLane {
  kind: "touchpoints";
  cells: { touchpoints: MapTouchpoint[]; needs: Need | null }[];
}

export interface EvidenceLane {
  kind: Waiting;
  cells: { needs: Need; evidence: Evidence }[];
}

export type Lane = PathLane | TouchpointLane | EvidenceLane;

export interface MapDocument {
  schema_version: number;
  name: string;
  kind: "current";
  goal: string | null;
  goal_people: number | null;
  goal_share: number | null;
  drawn: string;
  data_since: string | null;
  data_until: string | null;
  definition_version: number;
  coherence: number | null;
  grain: Grain;
  filters: Filters;
  people_in_scope: number;
  events: number;
  outside_definition: number;
  stages: MapStage[];
  lanes: Lane[];
  unplaced: MapTouchpoint[];
  cut: Cut[];
  drilldown: string;
}

export const lane = <K extends Lane["kind"]>(document: MapDocument, kind: K): Extract<Lane, { kind: K }> | undefined =>
  document.lanes.find((l): l is Extract<Lane, { kind: K }> => l.kind === kind);

export const waiting = (document: MapDocument): EvidenceLane[] =>
  document.lanes.filter((l): l is EvidenceLane => l.kind !== "path" && l.kind !== "touchpoints");

/** The channels of the touchpoints on the map, most people first; `null` collects those without one. */
export function channelRows(document: MapDocument): (string | null)[] {
  const people = new Map<string | null, number>();
  for (const cell of lane(document, "touchpoints")?.cells ?? []) {
    for (const t of cell.touchpoints) people.set(t.channel, (people.get(t.channel) ?? 0) + t.people);
  }
  return [...people].sort((a, b) => b[1] - a[1]).map(([channel]) => channel);
}

/** How many cells carry a badge, and how many of them are measured. */
export function coverage(document: MapDocument): { measured: number; cells: number } {
  const grades = [
    ...document.stages.map((s) => s.evidence.grade),
    ...(lane(document, "touchpoints")?.cells ?? []).flatMap((c) => c.touchpoints.map((t) => t.evidence.grade)),
    ...waiting(document).flatMap((l) => l.cells.map((c) => c.evidence.grade)),
    ...document.unplaced.map((t) => t.evidence.grade),
  ];
  return { measured: grades.filter((g) => g === "measured").length, cells: grades.length };
}

/** Drill-down cells of a stage's figures (`index` counts from 0). */
export const stageCell = (figure: "goes_on" | "dropped" | "open" | "loops", index: number): string => `${figure}:${index + 1}`;
