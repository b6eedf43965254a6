/** Interviews, user tests and focus groups, and what people said in them, as the server writes them. */

import type { Api, Options } from "./api";

export const METHODS = ["interview", "user_test", "focus_group", "observation", "diary"] as const;
export type Method = (typeof METHODS)[number];

export interface StudyQuote {
  id: string;
  text: string;
  who: string | null;
  touchpoint: string | null;
  channel: string | null;
  language: "en" | "pl" | "hr" | null;
}

export interface StudyFields {
  name: string;
  method: Method;
  date: string;
  participants: number;
  notes: string;
  quotes: StudyQuote[];
}

export interface Study extends StudyFields {
  id: string;
  revision: number;
  author: string;
  created: string;
  changed: string;
}

export interface QuoteOfStudy {
  study: string;
  name: string;
  method: Method;
  date: string;
  participants: number;
  quote: StudyQuote;
}

export type StudyApi = ReturnType<typeof studyApi>;

export function studyApi(api: Api) {
  const at = (id: string): string => `/studies/${encodeURIComponent(id)}`;
  return {
    all: (o?: Options) => api.get<Study[]>("/studies", {}, o),
    create: (fields: StudyFields, o?: Options) => api.post<Study>("/studies", fields, o),
    change: (id: string, revision: number, fields: Partial<StudyFields>, o?: Options) => api.send<Study>("PATCH", at(id), { revision, fields }, o),
    remove: (id: string, revision: number, o?: Options) => api.send<null>("DELETE", `${at(id)}?revision=${revision}`, undefined, o),
    quotes: (touchpoint: string | null, o?: Options) => api.get<QuoteOfStudy[]>("/studies/quotes", { touchpoint }, o),
  };
}
