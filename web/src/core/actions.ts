/** Actions and their bets as the server writes them, and their client. */

import type { Api, Options } from "./api";
import { href } from "./router";
import type { EvidenceGrade } from "./obstacles";
import type { BeforeAfterMeasure, Outcome, Wanted } from "./proof";
import type { Segment } from "./segments";

export const ACTION_STATUSES = ["idea", "planned", "in_progress", "done", "measured", "dropped"] as const;
export type ActionStatus = (typeof ACTION_STATUSES)[number];
export type SizeUnit = "share" | "score" | "count" | "money" | "days" | "seconds" | "number";

export interface Expected {
  value: number;
  low: number | null;
  high: number | null;
}

export interface Bet {
  kpi: string | null;
  of: string | null;
  measure: BeforeAfterMeasure;
  segment: Segment | string | null;
  comparison: Segment | string | null;
  expected: Expected;
  /** The day on which it is judged. */
  evaluate: string;
  experiment: string | null;
  before_after: string | null;
  value: number | null;
}

export interface BetChange {
  field: string;
  before: unknown;
  after: unknown;
  at: string;
  by: string;
}

export interface MapSpot {
  map: string;
  lane: string | null;
  step: string | null;
  card: string | null;
}

export interface OnMap extends MapSpot {
  before: number | null;
  after: number | null;
}

export interface ActionLink {
  url: string;
  title: string;
}

export interface ChecklistItem {
  text: string;
  done: boolean;
}

export interface ActionFields {
  name: string;
  status: ActionStatus;
  description: string;
  opportunity: string | null;
  places: OnMap[];
  owner: string | null;
  start: string | null;
  due: string | null;
  cost: number | null;
  links: ActionLink[];
  checklist: ChecklistItem[];
  tags: string[];
  order: number;
  key: string | null;
  bet: Bet | null;
}

export interface Verdict {
  source: "experiment" | "before_after";
  verdict: Outcome;
  grade: EvidenceGrade | null;
  metric: string | null;
  direction: Wanted;
  effect: number | null;
  low: number | null;
  high: number | null;
  unit: SizeUnit;
  n: number;
  /** Why nothing stronger is said. */
  reason: string | null;
}

/** An action in the reader's language: `told` holds sentences. */
export interface Action extends ActionFields {
  id: string;
  revision: number;
  author: string;
  created: string;
  changed: string;
  started: string | null;
  finished: string | null;
  seal: { at: string; by: string; hash: string; bet: Bet | null; late: boolean } | null;
  changes: BetChange[];
  proof: string | null;
  verdicts: { at: string; proof: string; verdict: Verdict }[];
  metric: string | null;
  unit: SizeUnit | null;
  /** The day of now where the workspace is. */
  today: string;
  /** The day of `finished` there. */
  finished_on: string | null;
  overdue: boolean;
  told: Partial<Record<"bet" | "past" | "detectable" | "late" | "changed" | "verdict", string>>;
  not_checked: string[];
}

type Place = Pick<OnMap, "map"> & Partial<OnMap>;
export type ActionWritten = Partial<Omit<ActionFields, "places">> & { places?: Omit<OnMap, "before" | "after">[] };
export type NewAction = Partial<Omit<ActionFields, "places" | "status">> & { places?: Place[]; status?: "idea" | "planned" };

export interface BoardColumn {
  status: ActionStatus;
  actions: Action[];
}

export interface Span {
  action: string;
  name: string;
  status: ActionStatus;
  owner: string | null;
  since: string | null;
  until: string | null;
  planned: boolean;
  evaluate: string | null;
  outcome: Outcome | null;
  reason: string | null;
}

export interface PlacedBet {
  action: string;
  name: string;
  owner: string | null;
  metric: string | null;
  unit: SizeUnit;
  expected: Expected;
  evaluate: string;
  sealed: boolean;
  changed: number;
  due: boolean;
  outcome: Outcome | null;
  reason: string | null;
  effect: number | null;
  low: number | null;
  high: number | null;
}

export interface Bets {
  bets: PlacedBet[];
  calibration: { n: number; measured: number; hits: number; hit_rate: number | null; low: number | null; high: number | null; enough: boolean };
  open: number;
  unsealed: number;
  told: string[];
}

export interface ActionsImport {
  rows: { line: number; key: string; action: string | null; reason: "changed" | "same" | "unknown" | "no_key" | "bad_status" | "bad_date" | "bad_owner" | "bad_key" | "twice"; given: string; fields: string[] }[];
  changed: number;
  same: number;
  left: number;
  absent: string[];
}

export type ActionApi = ReturnType<typeof actionApi>;

export function actionApi(api: Api) {
  const at = (id: string, rest = ""): string => `/actions/${encodeURIComponent(id)}${rest}`;
  return {
    all: (o?: Options) => api.get<Action[]>("/actions", {}, o),
    board: (o?: Options) => api.get<BoardColumn[]>("/actions/board", {}, o),
    timeline: (o?: Options) => api.get<Span[]>("/actions/timeline", {}, o),
    bets: (o?: Options) => api.get<Bets>("/actions/bets", {}, o),
    of: (opportunity: string, o?: Options) => api.get<Action[]>("/actions", { opportunity }, o),
    onMap: (map: string, o?: Options) => api.get<Action[]>("/actions", { map }, o),
    one: (id: string, o?: Options) => api.get<Action>(at(id), {}, o),
    create: (asked: NewAction, o?: Options) => api.post<Action>("/actions", asked, o),
    change: (id: string, revision: number, set: ActionWritten, o?: Options) => api.send<Action>("PATCH", at(id), { ...set, revision }, o),
    remove: ({ id, revision }: Action, o?: Options) => api.send<null>("DELETE", at(id, `?revision=${revision}`), undefined, o),
    start: (id: string, o?: Options) => api.post<Action>(at(id, "/start"), undefined, o),
    finish: (id: string, on: string | null, o?: Options) => api.post<Action>(at(id, "/finish"), { on }, o),
    verdict: (id: string, o?: Options) => api.post<Action>(at(id, "/verdict"), undefined, o),
    /** What a bet could detect, in a sentence. */
    detectable: (bet: Bet, start: string | null, o?: Options) => api.post<{ told: string }>("/actions/detectable", { bet, start }, o),
    /** Takes status, owner and due day from a CSV, by key. */
    read: (file: File, o?: Options) => {
      const form = new FormData();
      form.append("file", file);
      return api.post<ActionsImport>("/actions/import", form, o);
    },
    exportAddress: (form: "csv" | "jira") => `/api/actions/export?form=${form}`,
  };
}

/** Whether its bet can still be made without being called a change. */
export const isBeforeStart = (one: Pick<Action, "status">): boolean => one.status === "idea" || one.status === "planned";

/** Where a map as it was before the change stands beside what it was after the verdict, or is now; null before the start. */
export function sidesOf(action: Pick<Action, "id" | "started">, { map, before, after }: OnMap): string | null {
  if (action.started === null || before === null) return null;
  return href("map", [map], { panel: "sides", with: String(before), version: after === null ? null : String(after), action: action.id });
}
