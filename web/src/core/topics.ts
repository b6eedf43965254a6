/** Topics of feedback as the server finds them, and their changes by hand. */

import type { Api, Options } from "./api";
import { picked, type LabelCounts, type LanguageSentiment } from "./feedback";
import { FILTER_KEYS, fromQuery } from "./filters";
import type { Filters, PeoplePage } from "./types";

export interface Over {
  name: string;
  n: number;
  of: number;
  elsewhere: number;
  difference: number;
  low: number;
  high: number;
  q: number;
}

export interface TrendPoint {
  start: string;
  n: number;
  of: number;
}

/** A topic's share in the later half of the periods that are over, against the earlier half. */
export interface TopicChange {
  direction: "growing" | "falling" | "unclear";
  since: string;
  before: number;
  before_of: number;
  after: number;
  after_of: number;
  difference: number;
  low: number;
  high: number;
  q: number;
}

export interface Commonest {
  name: string;
  n: number;
  of: number;
}

export interface MeanScore {
  scale: string;
  mean: number;
  low: number | null;
  high: number | null;
  n: number;
}

export interface Topic {
  id: string;
  name: string;
  named: boolean;
  words: string[];
  size: number;
  share: number;
  stability: number | null;
  quotes: string[];
  people: number;
  trend: TrendPoint[];
  change: TopicChange | null;
  /** Where most of its texts are. */
  touchpoint: Commonest | null;
  channel: Commonest | null;
  touchpoints: Over[];
  channels: Over[];
  sentiment: LabelCounts;
  scores: MeanScore[];
  cell: string;
}

export interface Topics {
  topics: Topic[];
  language: string;
  languages: Record<string, number>;
  texts: number;
  empty: number;
  cut: number;
  repeated: number;
  refused: "too_few_texts" | null;
  agreement: number | null;
  chosen_by: "asked" | "rule";
  period: "week" | "month";
  filters: Filters;
  /** What judges the tone of these texts. */
  judged: LanguageSentiment | null;
  edits_applied: number;
  edits_waiting: number;
}

export const EDITS = ["rename", "merge", "split", "move", "hide"] as const;
export type EditKind = (typeof EDITS)[number];

export interface TopicEdit {
  id: string;
  name: string;
  language: string;
  kind: EditKind;
  anchors: string[][];
  title: string | null;
  parts: number;
  texts: string[];
  author: string;
  created: string;
}

export interface NewTopicEdit {
  kind: EditKind;
  topics: string[];
  title?: string;
  parts?: number;
  texts?: string[];
}

const KEYS = [...FILTER_KEYS, "language"];

export type TopicApi = ReturnType<typeof topicApi>;

/** Which topics are meant stands in the query of the address. */
export function topicApi(api: Api) {
  const at = (path: string, query: URLSearchParams): string => {
    const asked = picked(query, KEYS);
    return asked.size ? `${path}?${asked.toString()}` : path;
  };
  const page = (path: string, query: URLSearchParams, limit: number, offset: number): string => {
    const asked = picked(query, KEYS);
    asked.set("limit", String(limit));
    asked.set("offset", String(offset));
    return `${path}?${asked.toString()}`;
  };
  const of = (topic: string): string => `/topics/${encodeURIComponent(topic)}`;
  return {
    find: (query: URLSearchParams, o?: Options) => api.get<Topics>(at("/topics", query), {}, o),
    edits: (o?: Options) => api.get<TopicEdit[]>("/topics/edits", {}, o),
    edit: (query: URLSearchParams, edit: NewTopicEdit, o?: Options) =>
      api.post<TopicEdit>("/topics/edits", { asked: { filters: fromQuery(query), language: query.get("language") }, ...edit }, o),
    undo: (edit: string, o?: Options) => api.send<null>("DELETE", `/topics/edits/${encodeURIComponent(edit)}`, undefined, o),
    texts: (topic: string, query: URLSearchParams, limit: number, offset: number, o?: Options) => api.get<{ total: number; texts: string[] }>(page(`${of(topic)}/texts`, query, limit, offset), {}, o),
    people: (topic: string, query: URLSearchParams, limit: number, offset: number, o?: Options) => api.get<PeoplePage>(page(`${of(topic)}/people`, query, limit, offset), {}, o),
  };
}
