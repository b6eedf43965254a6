/** A bet as it is written: what people type, and what is sent of it. */

import type { Bet, SizeUnit } from "../../../core/actions";
import type { BeforeAfter, BeforeAfterMeasure, Experiment } from "../../../core/proof";
import type { Segment } from "../../../core/segments";
import { asNumber } from "../../opportunities/detail/numbers";

export const PROVED = ["figure", "experiment", "before_after"] as const;
/** By a figure that a before/after is made of, by an experiment, or by a before/after that is there. */
export type Proved = (typeof PROVED)[number];

export interface BetDraft {
  proved: Proved;
  experiment: string;
  before_after: string;
  measure: BeforeAfterMeasure;
  of: string;
  kpi: string;
  segment: Segment | string | null;
  comparison: Segment | string | null;
  value: string;
  low: string;
  high: string;
  evaluate: string;
  money: string;
}

export type Missing = "of" | "proof" | "size" | "range" | "evaluate" | "amount";

/** Shares are typed in percentage points. */
const scaleOf = (unit: SizeUnit): number => (unit === "share" ? 100 : 1);

export function draftOf(bet: Bet | null, unit: SizeUnit, write: (value: number) => string): BetDraft {
  const typed = (value: number | null | undefined): string => (value == null ? "" : write(Number((value * scaleOf(unit)).toPrecision(12))));
  return {
    proved: bet?.experiment ? "experiment" : bet?.before_after ? "before_after" : "figure",
    experiment: bet?.experiment ?? "", before_after: bet?.before_after ?? "", measure: bet?.measure ?? "conversion", of: bet?.of ?? "", kpi: bet?.kpi ?? "",
    segment: bet?.segment ?? null, comparison: bet?.comparison ?? null,
    value: typed(bet?.expected.value), low: typed(bet?.expected.low), high: typed(bet?.expected.high),
    evaluate: bet?.evaluate ?? "", money: bet?.value == null ? "" : write(bet.value),
  };
}

const OF_MEASURE: Record<BeforeAfterMeasure, SizeUnit> = { people: "count", contacts: "count", conversion: "share", mean_score: "score" };

/** What the expected size is counted in. */
export function unitOf(draft: BetDraft, experiments: readonly Experiment[], beforeAfters: readonly BeforeAfter[]): SizeUnit {
  if (draft.proved === "figure") return OF_MEASURE[draft.measure];
  if (draft.proved === "experiment") return experiments.find((one) => one.id === draft.experiment)?.metric.kind === "binary" ? "share" : "number";
  const before = beforeAfters.find((one) => one.id === draft.before_after);
  return before ? OF_MEASURE[before.measure] : "number";
}

export function missingOf(draft: BetDraft): Missing | null {
  if (draft.proved === "figure" && !draft.of) return "of";
  if (draft.proved !== "figure" && !draft[draft.proved]) return "proof";
  const [value, low, high] = [draft.value, draft.low, draft.high].map(asNumber) as [number | null, number | null, number | null];
  if (!value) return "size";
  if ((low === null) !== (high === null) || (low !== null && high !== null && !(low <= value && value <= high))) return "range";
  if (!draft.evaluate) return "evaluate";
  const money = asNumber(draft.money);
  return money === null || money >= 0 ? null : "amount";
}

/** What is sent of a draft that lacks nothing. */
export function asked(draft: BetDraft, unit: SizeUnit): Bet {
  const sized = (text: string): number | null => {
    const number = asNumber(text);
    return number === null ? null : Number((number / scaleOf(unit)).toPrecision(12));
  };
  const figure = draft.proved === "figure";
  return {
    kpi: draft.kpi || null, of: figure ? draft.of : null, measure: draft.measure,
    segment: draft.segment, comparison: figure ? draft.comparison : null,
    expected: { value: sized(draft.value) ?? 0, low: sized(draft.low), high: sized(draft.high) },
    evaluate: draft.evaluate, value: asNumber(draft.money),
    experiment: draft.proved === "experiment" ? draft.experiment : null, before_after: draft.proved === "before_after" ? draft.before_after : null,
  };
}
