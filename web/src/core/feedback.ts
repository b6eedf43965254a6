/** What people said, as the server reads it: the stream, its counts, quotes; and what their texts say of how they feel. */

import type { Api, Options } from "./api";

export const SCALES = ["nps", "csat_5", "csat_7", "csat_10", "ces2_7", "ces1_5", "stars_5", "thumbs", "choice", "number"] as const;
export type Scale = (typeof SCALES)[number];
export const BANDS = ["good", "neutral", "bad"] as const;
export type Band = (typeof BANDS)[number];
export type Bucket = "promoters" | "passives" | "detractors" | "satisfied" | "neutral" | "unsatisfied" | "easy" | "hard" | "up" | "down";

export interface FeedbackItem {
  /** The event's number in the lake. */
  id: number;
  time: string;
  person: string;
  touchpoint: string | null;
  name: string;
  channel: string;
  text: string | null;
  /** Greater is better; `answer` is what the source holds. */
  score: number | null;
  scale: Scale | null;
  band: Band | null;
  answer: string | null;
  survey: string | null;
  question: string | null;
  question_text: string | null;
  language: string | null;
}

export interface FeedbackPage {
  total: number;
  items: FeedbackItem[];
}

export interface FeedbackCount {
  touchpoint: string | null;
  scale: Scale | null;
  n: number;
  people: number;
  with_text: number;
  mean: number | null;
  buckets: Partial<Record<Bucket, number>>;
  /** The NPS in points, of other scales the share of the good bucket. */
  value: number | null;
  low: number | null;
  high: number | null;
  scores: Record<string, number>;
  first: string;
  last: string;
}

export interface FeedbackCounts {
  n: number;
  people: number;
  with_text: number;
  counts: FeedbackCount[];
  surveys: { survey: string; invited: number | null; answered: number }[];
  channels: Record<string, number>;
  languages: Record<string, number>;
  questions: Record<string, number>;
}

export interface Quotes {
  touchpoint: string;
  n: number;
  typical: FeedbackItem[];
  recent: FeedbackItem[];
}

export const POLARITIES = ["negative", "neutral", "positive"] as const;
export type Polarity = (typeof POLARITIES)[number];
export const VERDICTS = ["positive", "neutral", "negative", "unsure"] as const;
export type Verdict = (typeof VERDICTS)[number];
export const JUDGED_BY = ["score", "correction", "model"] as const;
/** What a label comes from. */
export type JudgedBy = (typeof JUDGED_BY)[number];
export type SentimentModel = "own" | "lexicon" | "ratings_only";
export type LabelCounts = Record<Verdict, number>;

export interface Quality {
  macro_f1: number;
  n: number;
  held_out: boolean;
  decided: number;
  macro_f1_decided: number | null;
}

export interface LanguageSentiment {
  language: string;
  texts: number;
  model: SentimentModel;
  quality: Quality | null;
  /** Texts whose label is known, by the score beside them or (`corrected`) by hand. */
  known: number;
  corrected: number;
  needed: number;
  labels: LabelCounts;
}

export interface SentimentResult {
  texts: number;
  empty: number;
  cut: number;
  model: SentimentModel;
  quality: Quality | null;
  labels: LabelCounts;
  languages: LanguageSentiment[];
}

export interface JudgedText {
  event: number;
  person: string;
  time: string;
  text: string;
  language: string;
  label: Verdict;
  /** Null where nothing judges the text's language. */
  judged_by: JudgedBy | null;
  probability: number | null;
}

export interface Correction {
  id: string;
  text: string;
  label: Polarity;
}

/** The parameters of an address that say which feedback is meant; the server's have the same names. */
export const FEEDBACK_KEYS = ["touchpoint", "channel", "scale", "band", "language", "survey", "question", "sentiment", "judged_by", "search", "with_text", "since", "until", "segment"] as const;
const SCOPE_KEYS = ["since", "until", "channel", "source", "trait"] as const;

/** Those of the parameters that have one of the names. */
export function picked(query: URLSearchParams, keys: readonly string[]): URLSearchParams {
  return new URLSearchParams([...query].filter(([key, value]) => keys.includes(key) && value !== ""));
}

export type FeedbackApi = ReturnType<typeof feedbackApi>;

export function feedbackApi(api: Api) {
  const at = (path: string, query: URLSearchParams, more: Record<string, string | number | readonly number[]> = {}): string => {
    const all = new URLSearchParams(query);
    for (const [key, value] of Object.entries(more)) for (const one of typeof value === "object" ? value : [value]) all.append(key, String(one));
    return all.size ? `${path}?${all.toString()}` : path;
  };
  const feedback = (query: URLSearchParams): URLSearchParams => picked(query, FEEDBACK_KEYS);
  const scope = (query: URLSearchParams): URLSearchParams => picked(query, SCOPE_KEYS);
  return {
    stream: (query: URLSearchParams, limit: number, offset: number, o?: Options) => api.get<FeedbackPage>(at("/feedback", feedback(query), { limit, offset }), {}, o),
    counts: (query: URLSearchParams, o?: Options) => api.get<FeedbackCounts>(at("/feedback/counts", feedback(query)), {}, o),
    quotes: (of: string, query: URLSearchParams, count: number, o?: Options) => api.get<Quotes>(at("/feedback/quotes", feedback(query), { of, count }), {}, o),
    exportAddress: (query: URLSearchParams): string => at("/api/feedback/export", feedback(query)),
    sentiment: (query: URLSearchParams, o?: Options) => api.get<SentimentResult>(at("/sentiment", scope(query)), {}, o),
    /** What is said of the texts of these events. */
    judged: (events: readonly number[], query: URLSearchParams, o?: Options) => api.get<{ total: number; texts: JudgedText[] }>(at("/sentiment/texts", scope(query), { event: events, limit: Math.max(1, events.length) }), {}, o),
    correct: (text: string, label: Polarity, o?: Options) => api.post<Correction>("/sentiment/corrections", { text, label }, o),
  };
}
