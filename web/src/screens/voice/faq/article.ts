/** An article as it is typed, and what of it is sent. */

import type { Article, Holdout, NewArticle } from "../../../core/faq";
import { asNumber } from "../../opportunities/detail/numbers";

export const COUNTS = ["holdout_people", "holdout_contacted", "exposed_people", "exposed_contacted"] as const satisfies readonly (keyof Holdout)[];

export interface ArticleDraft {
  name: string;
  url: string;
  text: string;
  published: string;
  topic: string;
  counts: Record<(typeof COUNTS)[number], string>;
}

export function draftOf(was: Article | null): ArticleDraft {
  const count = (name: keyof Holdout): string => (was?.holdout ? String(was.holdout[name]) : "");
  const counts = { holdout_people: count("holdout_people"), holdout_contacted: count("holdout_contacted"), exposed_people: count("exposed_people"), exposed_contacted: count("exposed_contacted") };
  return { name: was?.name ?? "", url: was?.url ?? "", text: was?.text ?? "", published: was?.published ?? "", topic: was?.topic ?? "", counts };
}

/** The counts of a holdout: null where none is typed, undefined where they make no sense. */
export function holdoutOf(counts: ArticleDraft["counts"]): Holdout | null | undefined {
  const found = COUNTS.map((name) => asNumber(counts[name]));
  if (found.every((count) => count === null)) return null;
  const [without = null, came = null, exposed = null, cameToo = null] = found.map((count) => (count !== null && Number.isInteger(count) && count >= 0 ? count : null));
  if (without === null || came === null || exposed === null || cameToo === null || came > without || cameToo > exposed) return undefined;
  return { holdout_people: without, holdout_contacted: came, exposed_people: exposed, exposed_contacted: cameToo };
}

export function writtenOf(draft: ArticleDraft): Omit<NewArticle, "asked"> {
  return { name: draft.name.trim(), url: draft.url.trim() || null, text: draft.text, published: draft.published || null, topic: draft.topic || null, holdout: holdoutOf(draft.counts) ?? null };
}

/** Only what was changed; a topic goes with what it was found in. */
export function changesOf(was: Article, draft: ArticleDraft, asked: NonNullable<NewArticle["asked"]>): Partial<NewArticle> {
  const [before, now] = [writtenOf(draftOf(was)), writtenOf(draft)];
  const names = (Object.keys(now) as (keyof typeof now)[]).filter((name) => JSON.stringify(now[name]) !== JSON.stringify(before[name]));
  return { ...Object.fromEntries(names.map((name) => [name, now[name]])), ...(names.includes("topic") && now.topic ? { asked } : {}) };
}
