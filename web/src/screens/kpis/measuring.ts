/** Figures of several KPIs: at once; where one of them stands in the way, each for itself, so that it alone says why. */

import { ApiError } from "../../core/api";
import type { Tile } from "../../core/dashboards";
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

type Whose = Pick<Tile, "kpi" | "segment">;
const ownOf = (tile: Whose): string => (tile.segment === null ? "" : JSON.stringify(tile.segment));

/** Under what the figure of a tile stands: two tiles of one KPI and one segment share it. */
export const keyOf = (tile: Whose): string => `${tile.kpi} ${ownOf(tile)}`;

/** The KPIs of tiles by the segment of their own, as one text, so that moving a tile asks nothing anew. */
export function grouped(tiles: readonly Whose[]): string {
  const found: Record<string, string[]> = {};
  for (const tile of tiles) (found[ownOf(tile)] ??= []).push(tile.kpi);
  return JSON.stringify(Object.keys(found).sort().map((own) => [own, [...new Set(found[own])].sort()]));
}

/** The figures of all tiles: of those without a segment of their own as the board asks for them. */
export async function measuredTiles(client: Pick<KpiApi, "measure" | "measureAll">, groups: string, asked: KpiAsked, signal: AbortSignal): Promise<Map<string, Shown>> {
  const all = (JSON.parse(groups) as [string, string[]][]).map(async ([own, kpis]) => {
    const found = await measured(client, kpis, own ? { ...asked, segment: JSON.parse(own) as string } : asked, signal);
    return [...found].map(([kpi, shown]): [string, Shown] => [`${kpi} ${own}`, shown]);
  });
  return new Map((await Promise.all(all)).flat());
}

/** The KPIs that are shown, and the days that all of them together are shown of. */
export function spanOf(shown: ReadonlyMap<string, Shown> | null | undefined): { kpis: string[]; since: string; until: string } | null {
  const series = [...(shown?.values() ?? [])].flatMap((one) => (one.series ? [one.series] : []));
  if (!series.length) return null;
  const sorted = (days: string[]): string[] => days.sort();
  return { kpis: [...new Set(series.map((one) => one.kpi))], since: sorted(series.map((one) => one.since))[0] ?? "", until: sorted(series.map((one) => one.until)).at(-1) ?? "" };
}

export const inside = (day: string, shown: Shown | undefined): boolean => Boolean(shown?.series && shown.series.since <= day && day <= shown.series.until);
