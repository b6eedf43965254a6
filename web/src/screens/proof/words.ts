/** How effects, intervals and figures read. */

import type { Around } from "../../core/proof";
import { f, t } from "../../state/i18n.svelte";
import { digitsOf, scaled, type Sized, type Unit } from "./sizes";

const withUnit = (text: string, unit: Unit): string => (unit === "share" ? t("proof.points", { value: text }) : text);

/** A value with its sign, as exact as the interval allows. */
export function effectText({ effect, low, high }: Sized, unit: Unit): string {
  return effect === null ? "–" : withUnit(f().fixed(scaled(effect, unit), digitsOf(low, high, unit), true), unit);
}

/** Both ends of an interval; the unit once. */
export function intervalText({ low, high }: Around, unit: Unit): string {
  if (low === null || high === null) return "–";
  const end = (value: number): string => f().fixed(scaled(value, unit), digitsOf(low, high, unit), true);
  return withUnit(t("proof.from_to", { low: end(low), high: end(high) }), unit);
}

/** A size without a sign, as exact as an interval beside it. */
export const sizeText = (value: number, around: Around, unit: Unit): string => withUnit(f().fixed(scaled(value, unit), digitsOf(around.low, around.high, unit)), unit);

/** A level: a share in percent, anything else as a number. */
export const levelText = (value: number | null, unit: Unit, n: number): string => (value === null ? "–" : unit === "share" ? f().share(value, n >= 1000 ? 1 : 0) : f().decimal(value, value < 10 ? 2 : 1));

/** A probability of chance; below a thousandth in one digit, and never nothing. */
export const chanceText = (p: number): string => (p < 1e-6 ? `<${f().decimal(1e-6, 6)}` : p < 0.001 ? f().decimal(Number(p.toPrecision(1)), 6) : f().fixed(p, 3));

/** The same behind an interval. */
export const withChance = (text: string, p: number | null): string => (p === null ? text : `${text}, p ${p < 0.001 ? `<${f().fixed(0.001, 3)}` : f().fixed(p, 3)}`);

/** A small size of its own exactness. */
export function lossText(value: number, unit: Unit): string {
  const size = scaled(value, unit);
  const digits = size <= 0 ? 0 : Math.min(4, Math.max(0, 1 - Math.floor(Math.log10(size))));
  return withUnit(size > 0 && size < 5e-5 ? `<${f().decimal(1e-4, 4)}` : f().fixed(size, digits), unit);
}
