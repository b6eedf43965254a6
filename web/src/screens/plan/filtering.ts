/** Which actions are shown; the address says so, the same for board, list, timeline and bets. */

import type { Action } from "../../core/actions";

export interface Wanted {
  owners: readonly string[];
  tags: readonly string[];
  overdue: boolean;
}

export const NOTHING: Wanted = { owners: [], tags: [], overdue: false };

export const wantedOf = (query: URLSearchParams): Wanted => ({ owners: query.getAll("owner"), tags: query.getAll("tag"), overdue: query.get("overdue") === "1" });

export const asQuery = ({ owners, tags, overdue }: Wanted): Record<string, readonly string[] | string | null> => ({ owner: owners, tag: tags, overdue: overdue ? "1" : null });

export const isFiltered = ({ owners, tags, overdue }: Wanted): boolean => owners.length + tags.length > 0 || overdue;

/** Of one of the owners, and with one of the tags. */
export const shows = (wanted: Wanted, one: Pick<Action, "owner" | "tags" | "overdue">): boolean =>
  (!wanted.owners.length || wanted.owners.includes(one.owner ?? "")) && (!wanted.tags.length || one.tags.some((tag) => wanted.tags.includes(tag))) && (!wanted.overdue || one.overdue);

/** Values in use, in order. */
export const inUse = (values: readonly (string | null)[]): string[] => [...new Set(values.filter((value) => value !== null))].sort((a, b) => a.localeCompare(b));
