/** The counts behind a figure, as the kind orders them. */

import type { KpiCount } from "../../../core/kpis";

export interface CountRow {
  name: string;
  meaning: string;
  value: number;
  /** Whether it is a sum of something, behind which stand no people of its own. */
  sum: boolean;
}

const SUMS = /squared|_of_squares|^sum$|^revenue$|^seconds$|^value$|_by_/;

/** Those of one name with many times (`reached@2.5`) are told together; squares are only for the interval and left out. */
export function listed(counts: readonly KpiCount[], values: Record<string, number>): CountRow[] {
  return counts.flatMap(({ name, meaning }) => {
    if (/squared|_of_squares|_by_/.test(name)) return [];
    if (!name.endsWith("@")) return name in values ? [{ name, meaning, value: values[name] ?? 0, sum: SUMS.test(name) }] : [];
    const all = Object.entries(values).filter(([one]) => one.startsWith(name));
    return all.length ? [{ name, meaning, value: all.reduce((sum, [, value]) => sum + value, 0), sum: true }] : [];
  });
}
