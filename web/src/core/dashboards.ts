/** Dashboards as the server writes them, and their client. */

import type { Api, Options } from "./api";
import type { KpiComparison, Period } from "./kpis";
import type { Segment } from "./types";

export interface Tile {
  id: string;
  kpi: string;
  column: number;
  row: number;
  width: number;
  height: number;
  against: KpiComparison["against"] | null;
  versus: Segment | string | null;
  /** Who counts in this tile; those of the board for null. */
  segment: Segment | string | null;
  chart: "figure" | "line" | "bars";
}

export interface DashboardWindow {
  by: Period;
  last: number | null;
  since: string | null;
  until: string | null;
}

export interface Dashboard {
  id: string;
  name: string;
  revision: number;
  description: string;
  tiles: Tile[];
  window: DashboardWindow;
  segment: Segment | string | null;
}

export type DashboardWritten = Partial<Pick<Dashboard, "name" | "description" | "tiles" | "window" | "segment">>;

export function dashboardApi(api: Api) {
  const at = (id: string): string => `/dashboards/${encodeURIComponent(id)}`;
  return {
    all: (o?: Options) => api.get<Dashboard[]>("/dashboards", {}, o),
    create: (asked: DashboardWritten & { name: string }, o?: Options) => api.post<Dashboard>("/dashboards", asked, o),
    change: (id: string, revision: number, set: DashboardWritten, o?: Options) => api.send<Dashboard>("PATCH", at(id), { ...set, revision }, o),
    remove: (id: string, revision: number, o?: Options) => api.send<null>("DELETE", `${at(id)}?revision=${revision}`, undefined, o),
  };
}
