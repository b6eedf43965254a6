/** What a KPI can be taken apart by. */

import type { Kpi } from "../../../core/kpis";

/** What the KPI names first; of what is counted in events, then what events and people have; of readings, what they say. */
export function splitsOf(kpi: Pick<Kpi, "source" | "dimensions">, traits: readonly string[]): string[] {
  const source = kpi.source;
  if (source.origin === "question") return [];
  if ("readings" in source) return [...new Set(source.readings.flatMap((reading) => Object.keys(reading.dimensions)))].sort();
  return [...new Set([...kpi.dimensions, "channel", "touchpoint", "persona", ...traits.map((name) => `trait.${name}`)])];
}

/** The one that the address asks for; else the first that the KPI names itself; else none. */
export function splitAsked(asked: string | null, kpi: Pick<Kpi, "source" | "dimensions">, possible: readonly string[]): string {
  if (asked !== null) return possible.includes(asked) ? asked : "";
  return kpi.dimensions.find((one) => possible.includes(one)) ?? "";
}
