/** What is asked and kept of what an obstacle may cost. */

import type { StakesRequest } from "../../../core/obstacles";
import type { Asked } from "../../../core/types";
import type { Row } from "../rows";

/** The question of what is at stake; null where there is nothing to lose: no goal, at the goal itself, or for a time only. */
export function stakesOf(row: Row, asked: Asked, goal: string | null, language: string): StakesRequest | null {
  if (goal === null || row.touchpoint === goal || row.evidence.from === "troubles") return null;
  const of = row.evidence.from === "obstacles" ? { obstacle: row.evidence.found.kind, channel: row.evidence.found.channel } : {};
  return { ...asked, goal, touchpoint: row.touchpoint, ...of, language };
}

export interface NewOpportunity {
  title: string;
  description?: string;
  source?: { question: "obstacles" | "stakes"; fields: object; cell?: string; outcome?: "drop" | "convert" };
  place?: { touchpoint: string; channel: string | null };
  goal?: string | null;
  language: string;
}

const TITLE = 200;

/** An opportunity out of a row: measured by the same question, or, for what passes, an idea with its story. */
export function opportunityOf(row: Row, asked: Asked, goal: string | null, told: { title: string; sentences: readonly string[]; language: string }): NewOpportunity {
  const made = { title: told.title.slice(0, TITLE), language: told.language, goal };
  if (row.evidence.from === "troubles") return { ...made, description: told.sentences.join("\n"), place: { touchpoint: row.touchpoint, channel: row.channel } };
  if (row.evidence.from === "friction") return { ...made, source: { question: "stakes", fields: { ...asked, goal: row.evidence.goal, touchpoint: row.touchpoint }, outcome: row.kind === "drop" ? "drop" : "convert" } };
  return { ...made, source: { question: "obstacles", fields: { ...asked, goal }, cell: row.cell } };
}
