/** What messages of the organisation say, and where they contradict each other, as the server writes it. */

import type { Api, Options } from "./api";

export const KINDS = ["price", "delivery_cost", "threshold", "discount", "share", "delivery_time", "return_period", "duration", "date", "starts_on", "ends_on", "opening_hours", "address", "urgency", "brand"] as const;
export type PromiseKind = (typeof KINDS)[number];
export type MessageLanguage = "en" | "pl" | "hr";

export interface Extraction {
  kind: PromiseKind;
  low: number | null;
  high: number | null;
  unit: string;
  value: string;
  days: number[];
  /** The very letters of the text from `start` to `end`, counted in characters. */
  quote: string;
  start: number;
  end: number;
}

export interface MessageFields {
  touchpoint: string;
  channel: string;
  offer: string;
  language: MessageLanguage | null;
  text: string;
  valid_from: string | null;
  valid_until: string | null;
}

export interface Message extends MessageFields {
  id: string;
  name: string;
  revision: number;
  source: "typed" | "imported";
  language_detected: boolean;
  author: string;
  changed: string;
}

export interface Side {
  message: string;
  name: string;
  touchpoint: string;
  channel: string;
  language: MessageLanguage | null;
  said: Extraction[];
}

export interface Contradiction {
  offer: string;
  kind: PromiseKind;
  sure: "exact" | "ranges_apart" | "ranges_differ";
  valid_from: string | null;
  valid_until: string | null;
  sides: [Side, Side];
}

export interface MissingPromise {
  offer: string;
  kind: PromiseKind;
  message: string;
  name: string;
  touchpoint: string;
  channel: string;
  said_by: Side[];
}

export interface ToneDifference {
  offer: string;
  of: "address" | "urgency";
  values: [string, string];
  sides: [Side, Side];
}

export interface Promises {
  messages: number;
  offers: number;
  contradictions: Contradiction[];
  differing: Contradiction[];
  missing: MissingPromise[];
  tone: ToneDifference[];
  brand: { term: string; side: Side }[];
  unread: string[];
}

export interface BrandTerm {
  id: string;
  name: string;
  avoid: string[];
}

/** What came of a file. */
export interface ImportedDocuments {
  added: number;
  changed: number;
  unchanged: number;
  refused: { row: number; field: string; given: string; expected: string }[];
}

export type PromiseApi = ReturnType<typeof promiseApi>;

export function promiseApi(api: Api) {
  const at = (id: string): string => `/promises/${encodeURIComponent(id)}`;
  return {
    all: (o?: Options) => api.get<Message[]>("/promises", {}, o),
    compared: (offer: string | null, o?: Options) => api.get<Promises>("/promises/contradictions", { offer }, o),
    create: (fields: MessageFields, o?: Options) => api.post<Message>("/promises", fields, o),
    change: (id: string, revision: number, fields: Partial<MessageFields>, o?: Options) => api.send<Message>("PATCH", at(id), { revision, fields }, o),
    remove: (id: string, revision: number, o?: Options) => api.send<null>("DELETE", `${at(id)}?revision=${revision}`, undefined, o),
    extract: (text: string, language: MessageLanguage | null, o?: Options) => api.post<Extraction[]>("/promises/extract", { text, language }, o),
    importUpload: (upload: string, o?: Options) => api.post<ImportedDocuments>("/promises/import", { upload }, o),
    brands: (o?: Options) => api.get<BrandTerm[]>("/promises/brands", {}, o),
    addBrand: (name: string, avoid: string[], o?: Options) => api.post<BrandTerm>("/promises/brands", { name, avoid }, o),
    removeBrand: (id: string, o?: Options) => api.send<null>("DELETE", `/promises/brands/${encodeURIComponent(id)}`, undefined, o),
  };
}
