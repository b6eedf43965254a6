/** Opportunities as the server writes them, and its client: each one, the portfolio with its ranks, the formula. */

import type { Api, Options } from "./api";
import type { Detector, EvidenceGrade } from "./obstacles";
import type { PeoplePage } from "./types";

export const STATUSES = ["new", "under_review", "planned", "in_progress", "done", "rejected"] as const;
export type OpportunityStatus = (typeof STATUSES)[number];
export const FORMULAS = ["balanced", "rice", "ice", "kano", "net"] as const;
export type ReadyFormula = (typeof FORMULAS)[number];
/** The steps of impact in RICE. */
export const IMPACTS = [0.25, 0.5, 1, 2, 3] as const;
export const FIGURES = ["people_per_month", "money_per_year", "satisfaction"] as const;
export type FigureName = (typeof FIGURES)[number];

export interface TypedFigure {
  origin: "typed";
  value: number;
  low: number | null;
  high: number | null;
}

export interface MeasuredFigure {
  origin: "measured";
  value: number;
  low: number;
  high: number;
  n: number;
  at: string;
}

export type OpportunityFigure = TypedFigure | MeasuredFigure;

export const KANO = ["attractive", "one_dimensional", "must_be", "indifferent"] as const;
export type KanoAnswers = Record<(typeof KANO)[number], number>;

export interface OpportunitySource {
  question: "obstacles" | "stakes";
  fields: Record<string, unknown>;
  cell: string | null;
  /** Of friction, what people do more or less after the touchpoint. */
  outcome?: "drop" | "convert" | null;
}

export interface OpportunityPlace {
  touchpoint: string | null;
  stage: string | null;
  channel: string | null;
  map: string | null;
  /** Id of the card on that map. */
  cell: string | null;
}

/** What people can say of an opportunity; ratings run from 1 to 5 in half points. */
export interface OpportunityFields {
  title: string;
  description: string;
  place: OpportunityPlace;
  people_per_month: OpportunityFigure | null;
  money_per_year: OpportunityFigure | null;
  satisfaction: OpportunityFigure | null;
  effort: number | null;
  /** 0 to 1; that of the grade if null. */
  confidence: number | null;
  customer_value: number | null;
  business_value: number | null;
  impact: number | null;
  cost: number | null;
  /** The chance that a fix works. */
  success: number;
  kano: KanoAnswers | null;
  owner: string | null;
  status: OpportunityStatus;
  tags: string[];
  maps: string[];
}

export interface Opportunity extends OpportunityFields {
  id: string;
  revision: number;
  kind: "obstacle" | "idea";
  source: OpportunitySource | null;
  grade: EvidenceGrade;
  /** In sentences, by language. */
  evidence: Partial<Record<string, readonly string[]>>;
  /** By field, who typed what it holds. */
  typed: Record<string, { by: string; at: string }>;
  created: string;
  changed: string;
}

export interface RankedOpportunity {
  opportunity: Opportunity;
  confidence: number;
  value: number | null;
  value_low: number | null;
  value_high: number | null;
  missing: string[];
  rank_low: number | null;
  rank_high: number | null;
  overlaps: string[];
}

export interface PortfolioTotals {
  count: number;
  people: number | null;
  people_per_month: number | null;
  money_at_least: number | null;
  money_at_most: number | null;
  unmeasured: number;
  additive: false;
}

export interface OpportunityPortfolio {
  formula: ReadyFormula | "own";
  expression: string;
  inputs: string[];
  at: string;
  opportunities: RankedOpportunity[];
  totals: PortfolioTotals;
}

type Figures = Partial<Record<FigureName, { value: number; low?: number | null; high?: number | null } | null>>;
export type OpportunityWritten = Partial<Omit<OpportunityFields, FigureName>> & Figures;
export type NewOpportunity = OpportunityWritten & { source?: OpportunitySource; goal?: string | null; value?: number | null; language?: string };

export type OpportunityApi = ReturnType<typeof opportunityApi>;

export function opportunityApi(api: Api, language: () => string) {
  const at = (id: string, rest = ""): string => `/opportunities/${encodeURIComponent(id)}${rest}`;
  return {
    /** Ranked by a formula; by the workspace's own if null. */
    portfolio: (formula: string | null = null, o?: Options) => api.get<OpportunityPortfolio>("/opportunities", { formula }, o),
    choose: (formula: string, o?: Options) => api.send<{ formula: string }>("PUT", "/opportunities/formula", { formula }, o),
    create: (asked: NewOpportunity, o?: Options) => api.post<Opportunity>("/opportunities", { language: language(), ...asked }, o),
    one: (id: string, o?: Options) => api.get<Opportunity>(at(id), {}, o),
    change: (id: string, revision: number, set: OpportunityWritten, o?: Options) => api.send<Opportunity>("PATCH", at(id), { ...set, revision }, o),
    remove: (id: string, revision: number, o?: Options) => api.send<null>("DELETE", `${at(id)}?revision=${revision}`, undefined, o),
    measure: (id: string, goal: string | null, value: number | null, o?: Options) => api.post<Opportunity>(at(id, "/measure"), { goal, value }, o),
    people: (id: string, limit: number, offset: number, o?: Options) => api.get<PeoplePage>(at(id, "/people"), { limit, offset }, o),
    exportAddress: "/api/opportunities/export",
  };
}

export const isClosed = (one: Pick<Opportunity, "status">): boolean => one.status === "done" || one.status === "rejected";

/** The obstacle that a source points to, from the cell that its question named; null of a touchpoint's stakes. */
export function obstacleOf(source: OpportunitySource | null): { kind: Detector; touchpoint: string; channel: string | null } | null {
  if (source?.question !== "obstacles" || !source.cell) return null;
  try {
    const [kind, touchpoint, channel] = JSON.parse(source.cell.slice(source.cell.indexOf(":") + 1)) as [Detector, string, string | null];
    return { kind, touchpoint, channel };
  } catch {
    return null;
  }
}

/** The key of the obstacle's page, and its touchpoint; null of what was measured without one. */
export function pageOf(source: OpportunitySource | null): { key: string; touchpoint: string } | null {
  const touchpoint = source?.fields["touchpoint"];
  if (source?.question === "stakes" && source.outcome && typeof touchpoint === "string") return { key: ["friction", touchpoint, source.outcome].join(":"), touchpoint };
  const found = obstacleOf(source);
  return found && { key: [found.kind, found.touchpoint, found.channel ?? ""].join(":"), touchpoint: found.touchpoint };
}
