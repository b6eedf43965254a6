/** Figures that differ, in words. */

import type { Difference } from "../../../core/map/api";
import type { FigureField } from "../../../core/map/difference";
import { f, t } from "../../../state/i18n.svelte";

export const fieldName = (difference: Difference): string => t(`map.compare.field.${difference.field as FigureField}`);

/** A value of a field as it is read; of a difference with its sign. */
export function valueText(field: string | null, value: unknown, signed = false): string {
  if (typeof value !== "number") return "–";
  switch (field as FigureField) {
    case "share":
    case "goes_on": {
      const text = f().share(Math.abs(value), 1);
      return signed ? `${value < 0 ? "\u2212" : "+"}${text}` : text;
    }
    case "seconds":
      return signed ? `${value < 0 ? "\u2212" : "+"}${f().duration(Math.abs(value))}` : f().duration(value);
    case "score":
    case "emotion":
      return f().fixed(value, 2, signed || field === "emotion");
  }
}

/** From what to what, and by how much. */
export function changeText({ kind, field, before, after, low, high }: Difference): string {
  if (kind === "added") return t("map.compare.now", { after: valueText(field, after) });
  if (kind === "removed") return t("map.compare.gone", { before: valueText(field, before) });
  const by = low === null || high === null ? "" : ` (${t("map.compare.by", { low: valueText(field, low, true), high: valueText(field, high, true) })})`;
  return t("map.compare.from_to", { before: valueText(field, before), after: valueText(field, after) }) + by;
}
