/** What happened on a day, shown beside every figure of that time, and its client. */

import type { Api, Options } from "./api";

export const KINDS = ["release", "campaign", "holiday"] as const;
export type AnnotationKind = (typeof KINDS)[number] | "action" | "verdict";

export interface Annotation {
  id: string;
  name: string;
  revision: number;
  kind: AnnotationKind;
  day: string;
  until: string | null;
  /** Ids of the KPIs it is shown with; with all if there are none. */
  kpis: string[];
  description: string;
  action: string | null;
  /** The verdict's sentence. */
  told: string;
}

export function annotationApi(api: Api) {
  return {
    between: (since: string | null, until: string | null, kpi: string | null, o?: Options) => api.get<Annotation[]>("/annotations", { since, until, kpi }, o),
    create: (asked: { name: string; kind: AnnotationKind; day: string; until?: string | null; kpis?: string[]; description?: string }, o?: Options) => api.post<Annotation>("/annotations", asked, o),
    remove: (id: string, revision: number, o?: Options) => api.send<null>("DELETE", `/annotations/${encodeURIComponent(id)}?revision=${revision}`, undefined, o),
  };
}
