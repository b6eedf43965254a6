/** The places of the quotes wall: touchpoints that people said something of: those that studies quote first, then those with the most words. */

import type { FeedbackCount } from "../../../core/feedback";
import type { QuoteOfStudy } from "../../../core/studies";

export interface Place {
  touchpoint: string;
  /** Comments of feedback. */
  comments: number;
  studies: QuoteOfStudy[];
}

export function wallOf(counts: readonly Pick<FeedbackCount, "touchpoint" | "with_text">[], quotes: readonly QuoteOfStudy[]): Place[] {
  const places = new Map<string, Place>();
  const at = (touchpoint: string): Place => {
    const known = places.get(touchpoint) ?? { touchpoint, comments: 0, studies: [] };
    places.set(touchpoint, known);
    return known;
  };
  for (const { touchpoint, with_text } of counts) if (touchpoint !== null && with_text > 0) at(touchpoint).comments += with_text;
  for (const quote of quotes) at(quote.quote.touchpoint ?? "").studies.push(quote);
  return [...places.values()].sort((a, b) => Number(b.studies.length > 0) - Number(a.studies.length > 0) || b.comments - a.comments || a.touchpoint.localeCompare(b.touchpoint));
}
