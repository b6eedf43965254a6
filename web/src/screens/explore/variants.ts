/** Variants for reading: repeats folded, long sequences cut with what was cut, coverage as a line. */

import type { Variant } from "../../core/types";

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

/** The coverage line in a box of `width` × `height`: rank to the right, share of people upwards. */
export function coverageLine(variants: readonly Variant[], width: number, height: number): string {
  const last = variants.length;
  const points = variants.map((v, i) => [((i + 1) / last) * width, height - v.cumulative_share * height] as const);
  return [[0, height] as const, ...points].map(([x, y]) => `${x.toFixed(1)},${y.toFixed(1)}`).join(" ");
}

/** How many of the commonest variants it takes to cover `share` of the people; null if those shown do not. */
export function needed(variants: readonly Variant[], share: number): number | null {
  const at = variants.findIndex((v) => v.cumulative_share >= share);
  return at === -1 ? null : at + 1;
}
