/** What limits left out, for reading: the columns of a flow picture are told together. */

import type { Cut } from "../../../core/types";

const KINDS = ["names", "variants", "transitions", "groups", "topics", "lengths", "sample", "touchpoints", "journeys", "any"] as const;
export type CutKind = (typeof KINDS)[number];

/** Limits that are told in the same words. */
const ALIKE: Record<string, CutKind> = { cohorts: "groups", touches: "groups", nodes: "names", labels: "names" };

export interface Told extends Cut {
  kind: CutKind;
  missing: number;
}

function kindOf(what: string): CutKind {
  if (what.startsWith("layer:")) return "names";
  if (what.startsWith("variant:")) return "lengths";
  return ALIKE[what] ?? KINDS.find((kind) => kind === what) ?? "any";
}

export function gathered(cuts: readonly Cut[]): Told[] {
  const told = new Map<string, Told>();
  for (const { what, kept, total } of cuts) {
    const kind = kindOf(what);
    const key = kind === "any" ? what : kind;
    const sum = told.get(key) ?? { kind, what: key, kept: 0, total: 0, missing: 0 };
    if (kind === "lengths") {
      told.set(key, { ...sum, total: sum.total + 1, missing: sum.missing + 1 });
      continue;
    }
    told.set(key, { ...sum, kept: sum.kept + kept, total: sum.total + total, missing: sum.missing + total - kept });
  }
  return [...told.values()];
}
