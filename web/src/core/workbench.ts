/** What surrounds a question: comparisons, saved questions, exports, versions of the definition. */

import type { Answer, Ask, QuestionName } from "./outcomes";
import type { Segment } from "./segments";

export type CompareRequest<N extends QuestionName = QuestionName> = Ask<N> & { versus: Segment | string | null };

export interface Side<N extends QuestionName = QuestionName> {
  /** Name or text of the segment; null for everyone. */
  segment: string | null;
  people: number;
  result: Answer<N>;
}

/** One share in two segments; `low` and `high` bound `difference` (a minus b) with 95 %. */
export interface Difference {
  cell: string;
  label: string;
  /** Counts, and out of how many. */
  a: number;
  a_of: number;
  b: number;
  b_of: number;
  difference: number | null;
  low: number | null;
  high: number | null;
}

export interface Comparison<N extends QuestionName = QuestionName> {
  question: N;
  a: Side<N>;
  b: Side<N>;
  /** Units in both segments. */
  overlap: number;
  /** Shares that one side lists and the other may have cut. */
  uncertain: number;
  differences: Difference[];
}

export interface SavedQuestion {
  name: string;
  question: QuestionName;
  /** The request as it is sent to the server. */
  fields: Record<string, unknown>;
  /** A second segment to compare with. */
  versus?: Segment | string | null;
  on_overview: boolean;
  changed?: string | null;
}

export type ExportFormat = "csv" | "xlsx" | "json";

/** What gives the same answer elsewhere; `sql` where it can be said over the views. */
export interface Code {
  python: string;
  command: string;
  sql: string | null;
}

export interface DefinitionVersion {
  version: number;
  name: string;
  created: string;
  origin: string;
  stages: number;
  touchpoints: number;
}
