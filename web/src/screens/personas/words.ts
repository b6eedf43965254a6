/** Figures, sliders and origins of cards in words. */

import type { Key } from "../../core/i18n";
import { ME } from "../../core/map/threads";
import type { Hidden, MeasuredTrait, Slider, TraitPart, TraitUnit, TypedField } from "../../core/personas";
import { f, t } from "../../state/i18n.svelte";
import { digits, shareDigits } from "./figures";

/** Who typed it, and when. */
export const typedBy = (field: TypedField<unknown>): string =>
  t("persona.typed_by", { author: field.origin.by === ME ? t("map.author.you") : field.origin.by, date: f().moment(field.origin.at) });

type Within = Pick<MeasuredTrait, "low" | "high">;

/** A figure in its unit, with the digits that its interval allows. */
export function figure(value: number, unit: TraitUnit, { low, high }: Within): string {
  if (unit === "people") return f().number(value);
  if (unit === "share") return f().share(value, shareDigits(low, high));
  return unit === "seconds" ? f().duration(value) : f().decimal(value, digits(low, high));
}

/** `54 % – 58 %`, or nothing without an interval. */
export const interval = (unit: TraitUnit, within: Within): string =>
  within.low === null || within.high === null ? "" : `${figure(within.low, unit, within)} – ${figure(within.high, unit, within)}`;

export const hiddenWords = (why: Hidden, threshold: number): string => t(`persona.hidden.${why}`, { n: threshold });

/** What a figure says to a screen reader beside its value. */
export const about = (name: string, part: Pick<TraitPart, "low" | "high">, unit: TraitUnit): string =>
  [name, interval(unit, part) && t("persona.interval", { interval: interval(unit, part) })].filter(Boolean).join(", ");

/** The two poles of a slider, in words. */
export function poles(slider: Slider): [string, string] {
  if (slider.pair === null) return [slider.left ?? "", slider.right ?? ""];
  const [left = "", right = ""] = slider.pair.split("_");
  return [t(`persona.pole.${left}` as Key), t(`persona.pole.${right}` as Key)];
}

/** Where a slider stands: `clearly careful`, `in between` … */
export function stands(slider: Slider): string {
  const [left, right] = poles(slider);
  if (slider.value === 0) return t("persona.slider.between");
  return t(Math.abs(slider.value) === 2 ? "persona.slider.clearly" : "persona.slider.rather", { pole: slider.value < 0 ? left : right });
}
