/** Switches as a matrix: which channels are its rows and columns, and what stands in a cell. */

import type { Switch, SwitchesResult } from "../../../../core/types";

/** The channels of the switches, those most switched from or to first. */
export function channelsOf(switches: readonly Switch[]): string[] {
  const met = new Map<string, number>();
  for (const one of switches) for (const name of [one.from, one.to]) met.set(name, (met.get(name) ?? 0) + one.count);
  return [...met].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([name]) => name);
}

/** The switch from one channel to another. */
export const between = (switches: readonly Switch[], from: string, to: string): Switch | null => switches.find((one) => one.from === from && one.to === to) ?? null;

/** The highest count, which the heat is measured by. */
export const highest = (switches: readonly Switch[]): number => Math.max(1, ...switches.map((one) => one.count));

/** The share of people who used more than one channel. */
export function several({ channels, people_with_channel: of }: Pick<SwitchesResult, "channels" | "people_with_channel">): { people: number; of: number; share: number } {
  const people = channels.filter((row) => row.channels > 1).reduce((sum, row) => sum + row.people, 0);
  return { people, of, share: of === 0 ? 0 : people / of };
}
