/** Comments as threads: the first one and its answers, on a thing of the map or on the whole of it. */

import type { Comment } from "./api";

export const SHOWS = ["open", "resolved", "mine"] as const;
export type Show = (typeof SHOWS)[number];

/** The author of everything while there are no accounts. */
export const ME = "local";

export interface Thread {
  first: Comment;
  replies: Comment[];
}

const time = (comment: Comment): string => comment.at ?? "";

/** Threads by their first comment, newest thread first, answers oldest first. An answer whose first one is gone begins a thread. */
export function threads(comments: readonly Comment[]): Thread[] {
  const ids = new Set(comments.map((c) => c.id));
  const firsts = comments.filter((c) => c.reply_to === null || !ids.has(c.reply_to));
  return firsts
    .map((first) => ({ first, replies: comments.filter((c) => c.reply_to === first.id).sort((a, b) => time(a).localeCompare(time(b))) }))
    .sort((a, b) => time(b.first).localeCompare(time(a.first)));
}

/** Open ones, resolved ones, or open ones that `me` takes part in. */
export function visible(all: readonly Thread[], show: Show, me = ME): Thread[] {
  if (show === "resolved") return all.filter((thread) => thread.first.resolved);
  const open = all.filter((thread) => !thread.first.resolved);
  return show === "open" ? open : open.filter((thread) => [thread.first, ...thread.replies].some((c) => c.author === me));
}

/** Open threads by the thing they are pinned to. */
export function openOn(comments: readonly Comment[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { first } of threads(comments)) if (!first.resolved && first.on !== null) counts.set(first.on, (counts.get(first.on) ?? 0) + 1);
  return counts;
}
