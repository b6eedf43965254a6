/** Of when and of whom KPIs are shown, read from the address (`?by=month&since=2026-01-01`) and asked of the server alike. */

import { fromQuery } from "../../core/filters";
import type { DashboardWindow } from "../../core/dashboards";
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

/** What the address says; where it says nothing of when, as the dashboard is kept. */
export function looking(query: URLSearchParams, kept: DashboardWindow | null = null): Looking {
  const { segment, versus } = frameOf(query);
  const by = PERIODS.find((one) => one === query.get("by")) ?? kept?.by ?? "week";
  return { by, ...daysOf(query, by, kept), segment, versus, target: query.get("against") === "target" && versus === null };
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

const told = (chosen: Chosen): Segment | string => ("saved" in chosen ? chosen.saved : { of: chosen.of, where: chosen.where });

/** The name of a segment as the list of saved ones has it; the condition of one that was not saved. */
export const nameOf = (chosen: Chosen | null): string => (chosen === null ? "" : "saved" in chosen ? chosen.saved : chosen.where);

/** What of an address goes along to another KPI: the window, that of the dashboard too, and whose figures they are. */
export function addressOf(query: URLSearchParams, board: DashboardWindow | null = null): URLSearchParams {
  const kept = new URLSearchParams();
  const { by, since, until, last } = looking(query, board);
  if (query.has("by") || by !== "week") kept.set("by", by);
  for (const [key, value] of Object.entries({ since, until, last })) if (value) kept.set(key, String(value));
  for (const key of ["segment", "versus"]) for (const value of query.getAll(key)) kept.append(key, value);
  return kept;
}
