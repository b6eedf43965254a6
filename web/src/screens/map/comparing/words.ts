/** Figures that differ, in words. */

import type { Difference } from "../../../core/map/api";
import type { FigureField } from "../../../core/map/difference";
import { f, t } from "../../../state/i18n.svelte";

export const fieldName = (difference: Difference): string => t(`map.compare.field.${difference.field as FigureField}`);

/** A value of a field as it is read. */
export function valueText(field: string | null, value: unknown): string {
  if (typeof value !== "number") return "–";
  switch (field as FigureField) {
    case "share":
    case "goes_on":
      return f().share(value, 1);
    case "seconds":
      return f().duration(value);
    case "score":
    case "emotion":
      return f().fixed(value, 2, field === "emotion");
  }
}

/** By how much: the ends of the interval of the difference; of shares in points. */
function byText(field: string | null, low: number, high: number): string {
  if (field === "share" || field === "goes_on") return t("map.compare.by_points", { low: f().fixed(low * 100, 1, true), high: f().fixed(high * 100, 1, true) });
  const signed = (value: number): string =>
    field === "seconds" ? `${value < 0 ? "\u2212" : "+"}${f().duration(Math.abs(value))}` : f().fixed(value, 2, true);
  return t("map.compare.by", { low: signed(low), high: signed(high) });
}

/** From what to what, and by how much. */
export function changeText({ kind, field, before, after, low, high }: Difference): string {
  if (kind === "added") return t("map.compare.now", { after: valueText(field, after) });
  if (kind === "removed") return t("map.compare.gone", { before: valueText(field, before) });
  const by = low === null || high === null ? "" : ` (${byText(field, low, high)})`;
  return t("map.compare.from_to", { before: valueText(field, before), after: valueText(field, after) }) + by;
}
