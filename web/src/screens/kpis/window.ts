/** Of when and of whom KPIs are shown, read from the address (`?by=month&since=2026-01-01`) and asked of the server alike. */

import { fromQuery } from "../../core/filters";
import { PERIODS, type KpiAsked, type Period } from "../../core/kpis";
import type { Segment } from "../../core/types";
import { frameOf, type Chosen } from "../explore/frame";

export interface Looking {
  by: Period;
  since: string | null;
  until: string | null;
  segment: Chosen | null;
  versus: Chosen | null;
}

export function looking(query: URLSearchParams): Looking {
  const { since = null, until = null } = fromQuery(query);
  const { segment, versus } = frameOf(query);
  return { by: PERIODS.find((one) => one === query.get("by")) ?? "week", since, until, segment, versus };
}

/** What the server is asked; a window that ends before it begins is not said, so that the usual one is shown. */
export function asked({ by, since, until, segment, versus }: Looking): KpiAsked {
  const inOrder = since === null || until === null || since <= until;
  return {
    by,
    ...(since && inOrder ? { since } : {}),
    ...(until && inOrder ? { until } : {}),
    ...(segment ? { segment: told(segment) } : {}),
    ...(versus ? { versus: told(versus) } : {}),
  };
}

const told = (chosen: Chosen): Segment | string => ("saved" in chosen ? chosen.saved : { of: chosen.of, where: chosen.where });

/** The name of a segment as the list of saved ones has it; the condition of one that was not saved. */
export const nameOf = (chosen: Chosen | null): string => (chosen === null ? "" : "saved" in chosen ? chosen.saved : chosen.where);

/** What of an address goes along to another KPI: the window and whose figures they are. */
export function addressOf(query: URLSearchParams): URLSearchParams {
  const kept = new URLSearchParams();
  for (const key of ["by", "since", "until", "segment", "versus"]) for (const value of query.getAll(key)) kept.append(key, value);
  return kept;
}
