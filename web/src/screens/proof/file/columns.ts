/** Which column of a file is what: a first guess by name and kind, what is missing, and what is sent. */

import type { BeforeAfterFile, ExperimentFile, Wanted } from "../../../core/proof";
import { asNumber } from "../../opportunities/detail/numbers";

export interface FileColumn {
  name: string;
  type: string;
  samples: string[];
}

export interface ExperimentColumns {
  arm: string;
  outcome: string;
  control: string;
  direction: Wanted;
  unit: string;
  time: string;
  covariate: string;
  denominator: string;
  segment: string[];
  guardrail: string;
  guardrailDirection: Wanted;
  planned: string;
  value: string;
  people: string;
  cost: string;
}

export interface BeforeAfterColumns {
  unit: string;
  time: string;
  value: string;
  treated: string;
  start: string;
  startColumn: string;
  direction: Wanted;
  worth: string;
  cost: string;
}

/** The first column that is called so, and is of one of the kinds. */
function guess(columns: readonly FileColumn[], named: RegExp, types?: readonly string[]): string {
  return columns.find((column) => named.test(column.name) && (!types || types.includes(column.type)))?.name ?? "";
}

const FIGURES = ["integer", "number", "boolean"] as const;

export function guessedExperiment(columns: readonly FileColumn[]): ExperimentColumns {
  const arm = guess(columns, /arm|group|variant|version|bucket|grupa|wariant|varijant/i);
  const rest = columns.filter((column) => column.name !== arm);
  return {
    arm, outcome: guess(rest, /outcome|conver|bought|purchas|order|retention|revenue|success|zakup|kupn|narudžb/i, FIGURES), control: "", direction: "up",
    unit: guess(rest, /user|person|customer|visitor|klient|kupac|osob/i), time: guess(rest, /assigned|time|date|day|czas|data|vrijeme|datum/i, ["time", "date"]),
    ...{ covariate: "", denominator: "", segment: [], guardrail: "", guardrailDirection: "up", planned: "", value: "", people: "", cost: "" },
  };
}

export function guessedBeforeAfter(columns: readonly FileColumn[]): BeforeAfterColumns {
  const unit = guess(columns, /unit|store|shop|region|channel|branch|sklep|placówk|trgovin|prodavaonic/i);
  const time = columns.find((column) => column.type === "date" || column.type === "time")?.name ?? "";
  const treated = guess(columns, /treat|new|changed|pilot|test/i, ["boolean", "integer", "text"]);
  const value = columns.find((column) => (FIGURES as readonly string[]).includes(column.type) && ![unit, time, treated].includes(column.name))?.name ?? "";
  return { unit, time, value, treated, start: "", startColumn: "", direction: "up", worth: "", cost: "" };
}

export type Missing = "arm" | "outcome" | "unit" | "time" | "value" | "treated" | "start" | "number";

const wrong = (...numbers: string[]): boolean => numbers.map(asNumber).some((number) => number !== null && !(number >= 0));

export function missingOfExperiment(draft: ExperimentColumns): Missing | null {
  if (!draft.arm) return "arm";
  if (!draft.outcome) return "outcome";
  return wrong(draft.planned, draft.value, draft.people, draft.cost) ? "number" : null;
}

export function missingOfBeforeAfter(draft: BeforeAfterColumns): Missing | null {
  for (const one of ["unit", "time", "value"] as const) if (!draft[one]) return one;
  if (!draft.startColumn && !draft.treated) return "treated";
  if (!draft.startColumn && !draft.start) return "start";
  return wrong(draft.worth, draft.cost) ? "number" : null;
}

export function askedExperiment(draft: ExperimentColumns): ExperimentFile {
  const { arm, outcome, direction, segment } = draft;
  return {
    arm, outcome, direction, segment, control: draft.control.trim() || null, unit: draft.unit || null, covariate: draft.covariate || null, denominator: draft.denominator || null,
    guardrails: draft.guardrail ? [{ column: draft.guardrail, direction: draft.guardrailDirection }] : [], time: draft.time || null,
    planned: asNumber(draft.planned), value_per_unit: asNumber(draft.value), people: asNumber(draft.people) || null, cost: asNumber(draft.cost),
  };
}

/** A column of starts takes the place of who is treated and of the one start. */
export function askedBeforeAfter(draft: BeforeAfterColumns): BeforeAfterFile {
  const { unit, time, value, direction, startColumn } = draft;
  const begins = startColumn ? { treated: null, start: null, start_column: startColumn } : { treated: draft.treated, start: draft.start, start_column: null };
  return { unit, time, value, direction, ...begins, value_per_unit: asNumber(draft.worth), cost: asNumber(draft.cost) };
}
