/**
 * What differs between the map that is shown and another map, version, period or segment: marks for the sheet, and figures
 * that differ by more than chance. Its twin on the server is `maps/diff_figures.py`; both pass the same cases.
 */

import type { Difference } from "./api";
import type { Figure, Measured } from "./measured";

export type Mark = "added" | "removed" | "changed";

/** What is compared; people as a share of all in scope. */
export type FigureField = "share" | "goes_on" | "seconds" | "score" | "emotion";

export interface Estimate {
  field: FigureField;
  value: number;
  /** 95 % interval, null where nothing tells how sure the value is. */
  within: readonly [number, number] | null;
}

export interface Change {
  field: FigureField;
  before: number;
  after: number;
  /** 95 % interval of after - before. */
  low: number;
  high: number;
}

/** The 97.5 % point of the normal distribution. */
const Z = 1.959963984540054;

/** Wilson's score interval of the share n / of. */
export function wilson(n: number, of: number): readonly [number, number] {
  const [share, spread] = [n / of, (Z * Z) / of];
  const middle = share + spread / 2;
  const half = Z * Math.sqrt((share * (1 - share)) / of + spread / (4 * of));
  return [Math.max(0, Math.min((middle - half) / (1 + spread), share)), Math.min(1, Math.max((middle + half) / (1 + spread), share))];
}

const shareOf = (field: FigureField, n: number, of: number): Estimate | null => (of > 0 ? { field, value: n / of, within: wilson(n, of) } : null);

/** A figure as it can be compared; null if it has no value. */
export function estimate(figure: Figure | null | undefined, peopleInScope: number): Estimate | null {
  if (!figure || figure.value === null) return null;
  if (figure.unit === "people") return shareOf("share", figure.value, peopleInScope);
  const within = figure.low !== null && figure.high !== null ? ([figure.low, figure.high] as const) : null;
  return { field: figure.unit, value: figure.value, within };
}

/** The change if its interval excludes 0 (Newcombe's of two shares; Zou and Donner 2008 for other figures). */
export function changed(before: Estimate, after: Estimate): Change | null {
  if (!before.within || !after.within) return null;
  const difference = after.value - before.value;
  const low = difference - Math.hypot(after.value - after.within[0], before.within[1] - before.value);
  const high = difference + Math.hypot(after.within[1] - after.value, before.value - before.within[0]);
  return low > 0 || high < 0 ? { field: after.field, before: before.value, after: after.value, low, high } : null;
}

type What = "stage" | "step" | "card" | "emotion";
type Counted = Map<string, { what: What; id: string; lane: string; estimate: Estimate }>;

/** Every figure of a map by what it is of. */
function figures(measured: Measured): Counted {
  const found: Counted = new Map();
  const scope = measured.people_in_scope;
  const keep = (what: What, id: string, lane: string, one: Estimate | null): void => {
    if (one) found.set(JSON.stringify([what, id, lane, one.field]), { what, id, lane, estimate: one });
  };
  for (const [id, stage] of Object.entries(measured.stages)) {
    keep("stage", id, "", shareOf("share", stage.people, scope));
    keep("stage", id, "", shareOf("goes_on", stage.goes_on, stage.people));
  }
  for (const [id, figure] of Object.entries(measured.steps)) keep("step", id, "", estimate(figure, scope));
  for (const [id, card] of Object.entries(measured.cards)) keep("card", id, "", estimate(card.figure, scope));
  for (const curve of measured.emotion.filter((one) => one.of === "scores" && one.segment === null)) {
    for (const { step, value, low, high } of curve.points) {
      if (value !== null) keep("emotion", step, curve.lane, { field: "emotion", value, within: low !== null && high !== null ? [low, high] : null });
    }
  }
  return found;
}

/**
 * The figures of one map that differ between two times or two groups of people.
 *
 * @param where where a thing of the map is, in words; null if it is not on the map
 */
export function figureDifferences(before: Measured, after: Measured, where: (what: What, id: string, lane: string) => string[] | null): Difference[] {
  const [then, now] = [figures(before), figures(after)];
  const differences: Difference[] = [];
  for (const key of new Set([...now.keys(), ...then.keys()])) {
    const [a, b] = [then.get(key), now.get(key)];
    const one = b ?? a;
    const place = one && where(one.what, one.id, one.lane);
    if (!one || !place) continue;
    const told = { what: "figure" as const, id: one.id, where: place, field: one.estimate.field };
    const change = a && b ? changed(a.estimate, b.estimate) : null;
    if (change) differences.push({ kind: "changed", ...told, before: change.before, after: change.after, low: change.low, high: change.high });
    else if (!a) differences.push({ kind: "added", ...told, before: null, after: b?.estimate.value, low: null, high: null });
    else if (!b) differences.push({ kind: "removed", ...told, before: a.estimate.value, after: null, low: null, high: null });
  }
  return differences;
}

const RANK: Record<Mark, number> = { changed: 0, removed: 1, added: 2 };

/** How each thing is marked; what moved has changed, and what is new is more than changed. */
export function marksOf(differences: readonly Difference[]): Map<string, Mark> {
  const marks = new Map<string, Mark>();
  for (const { kind, what, id } of differences) {
    const mark: Mark = kind === "moved" || what === "figure" ? "changed" : kind;
    const known = marks.get(id);
    if (!known || RANK[mark] > RANK[known]) marks.set(id, mark);
  }
  return marks;
}
