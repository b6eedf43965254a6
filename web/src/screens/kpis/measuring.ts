/** Figures of several KPIs: at once; where one of them stands in the way, each for itself, so that it alone says why. */

import { ApiError } from "../../core/api";
import type { KpiApi, KpiAsked, KpiSeries } from "../../core/kpis";

export type Shown = { series: KpiSeries; error: null } | { series: null; error: ApiError };

export async function measured(client: Pick<KpiApi, "measure" | "measureAll">, ids: readonly string[], asked: KpiAsked, signal: AbortSignal): Promise<Map<string, Shown>> {
  if (!ids.length) return new Map();
  try {
    const found = await client.measureAll(ids, asked, { signal });
    return new Map(found.map((series) => [series.kpi, { series, error: null }]));
  } catch (error) {
    if (!(error instanceof ApiError) || error.status === 0 || error.status >= 500) throw error;
  }
  const one = async (id: string): Promise<[string, Shown]> => {
    try {
      return [id, { series: await client.measure(id, asked, { signal }), error: null }];
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return [id, { series: null, error }];
    }
  };
  return new Map(await Promise.all(ids.map(one)));
}
