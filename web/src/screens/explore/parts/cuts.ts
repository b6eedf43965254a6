/** What limits left out, for reading: the columns of a flow picture are told together. */

import type { Cut } from "../../../core/types";

export type CutKind = "names" | "variants" | "transitions" | "any";

export interface Told extends Cut {
  kind: CutKind;
  missing: number;
}

function kindOf(what: string): CutKind {
  if (what.startsWith("layer:")) return "names";
  return what === "variants" || what === "transitions" ? what : "any";
}

export function gathered(cuts: readonly Cut[]): Told[] {
  const told = new Map<string, Told>();
  for (const { what, kept, total } of cuts) {
    const kind = kindOf(what);
    const key = kind === "any" ? what : kind;
    const sum = told.get(key) ?? { kind, what: key, kept: 0, total: 0, missing: 0 };
    told.set(key, { ...sum, kept: sum.kept + kept, total: sum.total + total, missing: sum.missing + total - kept });
  }
  return [...told.values()];
}
