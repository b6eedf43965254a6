/** The parts of the screen, and what of the address each of them keeps. */

import { picked } from "../../core/feedback";
import { href } from "../../core/router";

export const PARTS = ["stream", "themes", "quotes", "faq", "promises", "forms"] as const;
export type Part = (typeof PARTS)[number];

/** The part of an address; the stream without one. */
export const partOf = (parts: readonly string[]): Part => PARTS.find((part) => part === parts[0]) ?? "stream";

/** What all parts filter by. */
const EVERYWHERE = ["since", "until", "channel"];

/** The way to another part, about the same days and channels. */
export const wayTo = (part: Part, query: URLSearchParams): string => href("voice", part === "stream" ? [] : [part], picked(query, EVERYWHERE));

/** The stream of what was said where, on which scale. */
export function streamOf(touchpoint: string | null, query: URLSearchParams, more: Record<string, string> = {}): string {
  const kept = picked(query, EVERYWHERE);
  if (touchpoint !== null) kept.set("touchpoint", touchpoint);
  for (const [key, value] of Object.entries(more)) kept.set(key, value);
  return href("voice", [], kept);
}
