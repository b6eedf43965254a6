/** Questions that an article could answer, samples coded by a person, articles and what these changed, as the server writes it. */

import type { Api, Options } from "./api";
import type { ImportedDocuments } from "./promises";
import type { Filters } from "./types";

export interface FaqSettings {
  cost_per_contact: number | null;
  currency: string | null;
  /** A condition on events that are the organisation's answers. */
  replies: string | null;
  recontact_days: number;
}

export interface FaqAsked {
  filters: Filters;
  language: string | null;
}

export interface Rate {
  n: number;
  of: number;
  value: number | null;
  low: number | null;
  high: number | null;
}

export interface Forecast {
  low: number | null;
  high: number | null;
  money_low: number | null;
  money_high: number | null;
  answerable: Rate;
  wanted: number;
  refused: "not_coded" | "no_contacts" | null;
}

export interface FaqCandidate {
  topic: string;
  name: string;
  words: string[];
  quotes: string[];
  contacts: number;
  people: number;
  per_30_days: number;
  repeat: Rate;
  answers_alike: number | null;
  answers: number;
  score: number;
  forecast: Forecast;
  covered: boolean;
  articles: { article: string; name: string; url: string | null; similarity: number; covers: boolean }[];
}

export interface FaqCandidates {
  candidates: FaqCandidate[];
  language: string;
  contacts: number;
  answers: number;
  praise: number;
  days: number;
  cost_per_contact: number | null;
  currency: string | null;
  cost: "typed" | "unknown";
  recontact_days: number;
  threshold: number;
  articles: number;
  refused: "too_few_texts" | null;
}

export interface FaqSample {
  topic: string;
  name: string;
  texts: { event: number; text: string; answerable: boolean | null }[];
  answerable: Rate;
}

export interface Outline {
  topic: string;
  name: string;
  questions: string[];
  sentences: { text: string; event: number; alike: number }[];
  answers: number;
  settled: number;
  withheld: number;
  refused: "no_replies_set" | "no_replies" | "no_sentences" | null;
}

/** People who could and who could not see an article, and how many of each came with its question. */
export interface Holdout {
  holdout_people: number;
  holdout_contacted: number;
  exposed_people: number;
  exposed_contacted: number;
}

export interface Article {
  id: string;
  name: string;
  revision: number;
  url: string | null;
  text: string;
  language: string | null;
  published: string | null;
  topic: string | null;
  holdout: Holdout | null;
  source: "typed" | "imported";
}

export type NewArticle = Pick<Article, "name" | "url" | "text" | "published" | "topic" | "holdout"> & { asked?: FaqAsked };

export interface ArticleEffect {
  article: string;
  name: string;
  by: "holdout" | "before_after" | null;
  deflection: { value: number | null; low: number | null; high: number | null; holdout: Rate; exposed: Rate; refused: string | null } | null;
  before_after: { verdict: string; sentence: string; grade: string | null } | null;
  refused: "not_published" | "no_topic" | "no_contacts_in_holdout" | "one_group" | "no_contacts" | null;
}

export type FaqApi = ReturnType<typeof faqApi>;

export function faqApi(api: Api) {
  const article = (id: string): string => `/faq/articles/${encodeURIComponent(id)}`;
  return {
    settings: (o?: Options) => api.get<FaqSettings>("/faq/settings", {}, o),
    set: (fields: Partial<FaqSettings>, o?: Options) => api.send<FaqSettings>("PATCH", "/faq/settings", fields, o),
    candidates: (asked: FaqAsked, o?: Options) => api.post<FaqCandidates>("/faq/candidates", asked, o),
    sample: (topic: string, asked: FaqAsked, o?: Options) => api.post<FaqSample>("/faq/sample", { topic, ...asked }, o),
    code: (codes: { text: string; answerable: boolean | null }[], o?: Options) => api.post<{ coded: number }>("/faq/codes", { codes }, o),
    outline: (topic: string, asked: FaqAsked, o?: Options) => api.post<Outline>("/faq/outline", { topic, ...asked }, o),
    articles: (o?: Options) => api.get<Article[]>("/faq/articles", {}, o),
    register: (fields: NewArticle, o?: Options) => api.post<Article>("/faq/articles", fields, o),
    changeArticle: ({ id, revision }: Article, fields: Partial<NewArticle>, o?: Options) => api.send<Article>("PATCH", article(id), { revision, fields }, o),
    importUpload: (upload: string, o?: Options) => api.post<ImportedDocuments>("/faq/articles/import", { upload }, o),
    removeArticle: (id: string, revision: number, o?: Options) => api.send<null>("DELETE", `${article(id)}?revision=${revision}`, undefined, o),
    effect: (id: string, o?: Options) => api.get<ArticleEffect>(`${article(id)}/effect`, {}, o),
  };
}
