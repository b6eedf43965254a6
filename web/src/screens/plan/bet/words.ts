/** Fields of a bet, by name and in words. */

import type { Expected, SizeUnit } from "../../../core/actions";
import type { BeforeAfterMeasure } from "../../../core/proof";
import type { Segment } from "../../../core/segments";
import { f, t } from "../../../state/i18n.svelte";
import { segmentText } from "../../proof/before/design";
import { nameOf, type Names } from "./names";

const NAMED = ["kpi", "of", "measure", "segment", "comparison", "expected", "evaluate", "experiment", "before_after", "value"] as const;

export function fieldName(field: string): string {
  const known = NAMED.find((one) => one === field);
  return known ? t(`plan.changes.field.${known}`) : t("plan.changes.field.of_proof", { field });
}

/** A size that somebody typed, with its sign; shares in percentage points. */
export function typedSize(value: number, unit: SizeUnit): string {
  const scaled = Number((unit === "share" ? value * 100 : value).toPrecision(6));
  const sign = scaled > 0 ? "+" : scaled < 0 ? "\u2212" : "";
  const text = sign + f().decimal(Math.abs(scaled), 4);
  return unit === "share" ? t("proof.points", { value: text }) : text;
}

export function expectedText({ value, low, high }: Expected, unit: SizeUnit): string {
  const whole = typedSize(value, unit);
  return low === null || high === null ? whole : `${whole} (${t("proof.from_to", { low: typedSize(low, unit), high: typedSize(high, unit) })})`;
}

export function fieldWords(field: string, value: unknown, unit: SizeUnit, known: Names | null = null): string {
  if (value === null || value === undefined || value === "") return t("plan.changes.nothing");
  if (field === "expected") return expectedText(value as Expected, unit);
  if (field === "evaluate" && typeof value === "string") return f().date(value);
  if (field === "measure") return t(`proof.measured.${value as BeforeAfterMeasure}`);
  if (known?.has(field) && typeof value === "string") return nameOf(known, field, value);
  if (field === "segment" || field === "comparison") return segmentText(value as Segment | string);
  return typeof value === "number" ? f().decimal(value, 4) : typeof value === "string" ? value : JSON.stringify(value);
}
