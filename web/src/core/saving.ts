/** Saving what somebody else may have changed meanwhile: nothing is lost, and nothing is overwritten unseen. */

import { ApiError } from "./api";
import type { Opportunity, OpportunityApi, OpportunityFields, OpportunityWritten } from "./opportunities";

export interface Clash {
  field: keyof OpportunityFields;
  mine: unknown;
  theirs: unknown;
}

export interface Saved {
  now: Opportunity;
  /** Fields that both changed; they hold what the other wrote. */
  clashes: Clash[];
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * Saves fields of an opportunity as it was seen. Where a newer revision exists, fields that nobody else touched are saved
 * on top of it; the others are given back as clashes.
 */
export async function saved(api: Pick<OpportunityApi, "change" | "one">, seen: Opportunity, set: OpportunityWritten): Promise<Saved> {
  try {
    return { now: await api.change(seen.id, seen.revision, set), clashes: [] };
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== "stale_opportunity") throw error;
  }
  const newest = await api.one(seen.id);
  const clashes: Clash[] = [];
  const rest: Record<string, unknown> = {};
  for (const [name, mine] of Object.entries(set)) {
    const field = name as keyof OpportunityFields;
    if (same(seen[field], newest[field]) || same(newest[field], mine)) rest[field] = mine;
    else clashes.push({ field, mine, theirs: newest[field] });
  }
  if (Object.keys(rest).length === 0) return { now: newest, clashes };
  const again = await saved(api, newest, rest);
  return { now: again.now, clashes: [...clashes, ...again.clashes] };
}
