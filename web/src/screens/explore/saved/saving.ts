/** A question as it is saved, and a saved one as it is asked. */

import type { SavedQuestion } from "../../../core/types";
import { fromRequest, requestOf, type Asking } from "../address";
import { EVERYONE, received, sent } from "../frame";

/** Null while something needed is missing. */
export function toSave(asking: Asking, name: string, onOverview: boolean): SavedQuestion | null {
  const request = requestOf(asking);
  if (!request) return null;
  const { versus } = asking.frame;
  const against = versus && (sent(versus) ?? EVERYONE_SAVED);
  return { name, question: asking.question, fields: { ...request }, on_overview: onOverview, ...(against && { versus: against }) };
}

const EVERYONE_SAVED = "saved" in EVERYONE ? EVERYONE.saved : "";

/** What a saved question asks; null if it is none that this version knows. */
export function asked(question: SavedQuestion): Asking | null {
  const found = fromRequest(question.question, question.fields);
  return found && { ...found, frame: { ...found.frame, versus: received(question.versus ?? null) } };
}
