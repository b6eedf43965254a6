/** Reports as the server writes them, and their client. */

import type { Api, Options } from "./api";
import type { Language } from "./i18n";
import type { Period } from "./kpis";

export type ReportPart =
  | { part: "text"; title: string; text: string }
  | { part: "map"; map: string }
  | { part: "kpis"; title?: string | null; kpis: string[]; by: Period }
  | { part: "dashboard"; dashboard: string }
  | { part: "obstacles"; most: number }
  | { part: "opportunities"; most: number }
  | { part: "verdicts" };

export const FORMATS = ["pdf", "pptx"] as const;
export type ReportFormat = (typeof FORMATS)[number];

export interface Schedule {
  every: Period;
  hour: number;
  minute: number;
  weekday: number | null;
  day: number | null;
}

export interface ReportFields {
  name: string;
  description: string;
  parts: ReportPart[];
  language: Language;
  formats: ReportFormat[];
  schedule: Schedule | null;
  to: string[];
}

export interface Report extends ReportFields {
  id: string;
  revision: number;
}

export function reportApi(api: Api) {
  const at = (id: string, rest = ""): string => `/reports/${encodeURIComponent(id)}${rest}`;
  return {
    all: (o?: Options) => api.get<Report[]>("/reports", {}, o),
    create: (asked: ReportFields, o?: Options) => api.post<Report>("/reports", asked, o),
    change: (id: string, revision: number, set: Partial<ReportFields>, o?: Options) => api.send<Report>("PATCH", at(id), { ...set, revision }, o),
    remove: (id: string, revision: number, o?: Options) => api.send<null>("DELETE", `${at(id)}?revision=${revision}`, undefined, o),
    send: (id: string, o?: Options) => api.post<{ queued: number }>(at(id, "/send"), {}, o),
    fileAddress: (id: string, format: ReportFormat) => `/api${at(id, "/file")}?format=${format}`,
  };
}
