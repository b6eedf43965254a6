/** How figures and ratings of opportunities read. */

import type { FigureName, OpportunityFigure } from "../../core/opportunities";
import { f } from "../../state/i18n.svelte";
import { rounded } from "./rounding";

/** A rating of half points. */
export const rating = (value: number): string => f().decimal(value, 2);

/** A figure, no finer than its interval allows; `low` and `high` are absent without one. */
export function figureText(name: FigureName, figure: OpportunityFigure): { value: string; low: string | null; high: string | null } {
  const write = (value: number): string => (name === "satisfaction" ? f().decimal(value, 3) : f().number(value)).replace("-", "\u2212");
  const [value, low, high] = rounded(figure.value, figure.low, figure.high);
  return { value: write(value), low: low === null ? null : write(low), high: high === null ? null : write(high) };
}
