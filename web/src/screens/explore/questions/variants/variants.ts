/** Variants for reading: repeats folded, long sequences cut with what was cut, coverage at a rank. */

import type { Variant, VariantsResult } from "../../../../core/types";

export interface Chip {
  name: string;
  times: number;
}

/** Immediate repeats folded to one chip with a count; the sequence itself is not changed by it. */
export function chips(path: readonly string[]): Chip[] {
  const folded: Chip[] = [];
  for (const name of path) {
    const last = folded.at(-1);
    if (last?.name === name) last.times += 1;
    else folded.push({ name, times: 1 });
  }
  return folded;
}

export function shortened(all: readonly Chip[], limit: number): { shown: Chip[]; hidden: number } {
  const cut = all.length > limit + 1;
  return { shown: all.slice(0, cut ? limit : all.length), hidden: cut ? all.length - limit : 0 };
}

/** The share of people that the `rank` commonest cover: exact where it is known, else on the line between its neighbours. */
export function coveredBy({ coverage }: Pick<VariantsResult, "coverage">, rank: number): number {
  const above = coverage.find((point) => point.variants >= rank);
  const below = [...coverage].reverse().find((point) => point.variants <= rank);
  if (!above || !below) return above?.share ?? below?.share ?? 0;
  const way = above.variants === below.variants ? 0 : (rank - below.variants) / (above.variants - below.variants);
  return below.share + (above.share - below.share) * way;
}

/** Room for the label of a rank. */
const LABEL = 64;

/** Powers of ten below `distinct` and `distinct` itself, where an axis of `width` pixels has room for them. */
export function rankTicks(distinct: number, width: number): number[] {
  const end = Math.log10(Math.max(1, distinct));
  const powers = Array.from({ length: Math.ceil(end) }, (_, power) => power);
  const roomy = powers.filter((power) => (1 - power / end) * width >= LABEL);
  return [...roomy.map((power) => 10 ** power), distinct];
}

/** How many of the commonest variants it takes to cover `share` of the people; null if those shown do not. */
export function needed(variants: readonly Variant[], share: number): number | null {
  const at = variants.findIndex((v) => v.cumulative_share >= share);
  return at === -1 ? null : at + 1;
}
