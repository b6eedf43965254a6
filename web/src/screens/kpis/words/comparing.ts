/** What a comparison says: how far a figure is from another one, and whether that is more than chance. */

import type { KpiComparison, KpiValue, Target } from "../../../core/kpis";

export type Told =
  | "nothing" // the other one was not counted
  | "unsure" // there is no interval
  | "chance" // the interval includes 0
  | "better"
  | "worse";

export interface Standing {
  told: Told;
  /** Which way the figure went. */
  sign: "▲" | "▼" | "≈" | "–";
}

/** How a figure stands against another one; it changed only where the interval says so. */
export function standing(one: KpiComparison): Standing {
  if (one.difference === null) return { told: "nothing", sign: "–" };
  if (one.changed === null) return { told: "unsure", sign: "–" };
  if (!one.changed) return { told: "chance", sign: "≈" };
  return { told: one.better ? "better" : "worse", sign: one.difference > 0 ? "▲" : "▼" };
}

/** How a figure stands to its target: on the right side of it, on the wrong one, or too near to tell. */
export function reached(one: KpiComparison): "yes" | "no" | "open" | "unknown" {
  if (one.difference === null || one.changed === null) return "unknown";
  if (!one.changed) return "open";
  return one.better ? "yes" : "no";
}

export const comparisonOf = (all: readonly KpiComparison[], against: KpiComparison["against"]): KpiComparison | null => all.find((one) => one.against === against) ?? null;
export const isTarget = (other: KpiValue | Target): other is Target => !("unit" in other);
