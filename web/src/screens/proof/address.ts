/** Which part of the screen an address shows: `/proof`, `/proof/experiments`, `/proof/before-after/ID` … */

import { href } from "../../core/router";

export const KINDS = ["experiments", "before-after"] as const;
export type Kind = (typeof KINDS)[number];

/** The kind that is shown, all for null, and which one of it. */
export function shownBy([head, id]: readonly string[]): { kind: Kind | null; id: string | null } {
  const kind = KINDS.find((one) => one === head) ?? null;
  return { kind, id: kind && id ? id : null };
}

export const wayTo = (kind: Kind | null, id?: string): string => href("proof", [...(kind ? [kind] : []), ...(kind && id ? [id] : [])]);

/** Where a file is judged. */
export const FILE = "file";
export const wayToFile = (kind: Kind | null): string => href("proof", [FILE], kind ? { kind } : {});
