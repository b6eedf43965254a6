/** Personas side by side: a row for each thing measured, and which figures lie apart from those of all others. */

import type { Behaviour, Persona } from "../../../core/discovery";

export interface Cell {
  value: number;
  low: number | null;
  high: number | null;
  /** Above or below all others, intervals and all; null: an interval overlaps, or there is none. */
  apart: "more" | "less" | null;
}

export interface Row {
  kind: "people" | "value" | "goal" | "trait";
  behaviour: Behaviour | null;
  name: string | null;
  everyone: number | null;
  /** For each persona; null where it was not measured. */
  cells: (Cell | null)[];
}

type Measured = { value: number; low: number | null; high: number | null } | null;

/** Marks those whose interval lies wholly above or below the intervals of all others in the row. */
export function apart(measured: readonly Measured[]): (Cell | null)[] {
  return measured.map((one, i) => {
    if (one === null) return null;
    const { low, high } = one;
    const others = measured.filter((_, j) => j !== i);
    const known = others.every((other) => other !== null && other.low !== null && other.high !== null);
    if (low === null || high === null || !others.length || !known) return { ...one, apart: null };
    if (others.every((other) => low > (other?.high ?? 0))) return { ...one, apart: "more" };
    if (others.every((other) => high < (other?.low ?? 0))) return { ...one, apart: "less" };
    return { ...one, apart: null };
  });
}

const key = (one: { behaviour: Behaviour; name: string | null }): string => `${one.behaviour}\n${one.name ?? ""}`;

/** All rows: size, value, goal, then every behaviour that sets some persona apart, in the order in which they do. */
export function compared(groups: readonly Persona[]): Row[] {
  const rows: Row[] = [{ kind: "people", behaviour: null, name: null, everyone: null, cells: apart(groups.map((one) => ({ value: one.share, low: one.low, high: one.high }))) }];
  if (groups.some((one) => one.value)) rows.push({ kind: "value", behaviour: null, name: null, everyone: null, cells: apart(groups.map((one) => one.value && { value: one.value.mean, low: one.value.low, high: one.value.high })) });
  if (groups.some((one) => one.goal)) rows.push({ kind: "goal", behaviour: null, name: null, everyone: null, cells: apart(groups.map((one) => one.goal && { value: one.goal.rate, low: one.goal.low, high: one.goal.high })) });
  const deepest = Math.max(0, ...groups.map((one) => one.traits.length));
  const seen = new Set<string>();
  for (let depth = 0; depth < deepest; depth++) {
    for (const group of groups) {
      const trait = group.traits[depth];
      if (!trait || trait.behaviour === "value" || seen.has(key(trait))) continue;
      seen.add(key(trait));
      const cells = groups.map((other) => other.traits.find((one) => key(one) === key(trait)));
      rows.push({ kind: "trait", behaviour: trait.behaviour, name: trait.name, everyone: trait.everyone, cells: apart(cells.map((one) => (one ? { value: one.mean, low: one.low, high: one.high } : null))) });
    }
  }
  return rows;
}
