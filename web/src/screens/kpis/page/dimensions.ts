/** The parts that a KPI is to be looked at by, and how each is asked for. */

import type { Kpi, KpiAsked } from "../../../core/kpis";
import type { Dimensions } from "../../../core/types";

export interface Part {
  dimension: string;
  value: string;
  asked: Pick<KpiAsked, "segment" | "dimensions">;
}

const MOST = 12;

/** Of readings, the values they say; of what is counted in people, the channels and traits that the workspace knows. */
export function partsOf(kpi: Pick<Kpi, "source" | "dimensions">, known: Pick<Dimensions, "channels" | "traits"> | null): Part[] {
  const source = kpi.source;
  return kpi.dimensions.flatMap((dimension): Part[] => {
    if ("readings" in source) {
      const values = [...new Set(source.readings.flatMap((reading) => reading.dimensions[dimension] ?? []))].sort();
      return values.slice(0, MOST).map((value) => ({ dimension, value, asked: { dimensions: { [dimension]: value } } }));
    }
    const trait = dimension.startsWith("trait.") ? dimension.slice("trait.".length) : null;
    const values = dimension === "channel" ? (known?.channels ?? []) : trait ? (known?.traits[trait] ?? []) : [];
    return values.slice(0, MOST).map((value) => ({ dimension, value, asked: { segment: { of: "people" as const, where: `${dimension} = ${JSON.stringify(value)}` } } }));
  });
}
