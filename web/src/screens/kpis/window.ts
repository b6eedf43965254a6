/** Of when and of whom KPIs are shown, read from the address (`?by=month&since=2026-01-01`) and asked of the server alike. */

import { fromQuery } from "../../core/filters";
import type { Dashboard, DashboardWindow } from "../../core/dashboards";
import { PERIODS, type KpiAsked, type Period } from "../../core/kpis";
import type { Segment } from "../../core/types";
import { frameOf, type Chosen } from "../explore/frame";

export interface Looking {
  by: Period;
  since: string | null;
  until: string | null;
  /** How many periods; null with the first day said, and for as many as is usual. */
  last: number | null;
  segment: Chosen | null;
  versus: Chosen | null;
  /** Whether figures are held against their target in place of the time before. */
  target: boolean;
}

/** Of a dashboard: of when and of whom it is kept. */
export type Kept = Pick<Dashboard, "window" | "segment">;

/** What the address says; where it says nothing of when or of whom, as the dashboard is kept. */
export function looking(query: URLSearchParams, kept: Kept | null = null): Looking {
  const { segment, versus } = frameOf(query);
  const by = PERIODS.find((one) => one === query.get("by")) ?? kept?.window.by ?? "week";
  return { by, ...daysOf(query, by, kept?.window ?? null), segment: segment ?? named(kept), versus, target: query.get("against") === "target" && versus === null };
}

function daysOf(query: URLSearchParams, by: Period, kept: DashboardWindow | null): Pick<Looking, "since" | "until" | "last"> {
  const { since = null, until = null } = fromQuery(query);
  const last = /^[1-9]\d{0,2}$/.test(query.get("last") ?? "") ? Number(query.get("last")) : null;
  if (since || until || last || !kept) return { since, until, last: since ? null : last };
  return { since: kept.since, until: kept.until, last: kept.by === by ? kept.last : null };
}

/** What the server is asked; a window that ends before it begins is not said, so that the usual one is shown. */
export function asked({ by, since, until, last, segment, versus }: Looking): KpiAsked {
  const inOrder = since === null || until === null || since <= until;
  return {
    by,
    ...(since && inOrder ? { since } : {}),
    ...(until && inOrder ? { until } : {}),
    ...(last ? { last } : {}),
    ...(segment ? { segment: told(segment) } : {}),
    ...(versus ? { versus: told(versus) } : {}),
  };
}

/** A dashboard's own segment by its name; a condition without one cannot stand in an address. */
const named = (kept: Kept | null): Chosen | null => (typeof kept?.segment === "string" ? { saved: kept.segment } : null);
const told = (chosen: Chosen): Segment | string => ("saved" in chosen ? chosen.saved : { of: chosen.of, where: chosen.where });

/** The name of a segment as the list of saved ones has it; the condition of one that was not saved. */
export const nameOf = (chosen: Chosen | null): string => (chosen === null ? "" : "saved" in chosen ? chosen.saved : chosen.where);

/** What of an address goes along to another KPI: the window and whose figures they are, those of the dashboard too. */
export function addressOf(query: URLSearchParams, board: Kept | null = null): URLSearchParams {
  const kept = new URLSearchParams();
  const { by, since, until, last, segment } = looking(query, board);
  if (query.has("by") || by !== "week") kept.set("by", by);
  for (const [key, value] of Object.entries({ since, until, last })) if (value) kept.set(key, String(value));
  for (const key of ["segment", "versus"]) for (const value of query.getAll(key)) kept.append(key, value);
  if (segment && "saved" in segment && !query.has("segment")) kept.set("segment", `name:${segment.saved}`);
  return kept;
}
