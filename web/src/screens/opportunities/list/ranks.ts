/** The places that opportunities may take, in words: a range is no order. */

import type { RankedOpportunity } from "../../../core/opportunities";
import type { Key, Params } from "../../../core/i18n";

type Places = Pick<RankedOpportunity, "rank_low" | "rank_high">;

/** "3", "2–5", or a dash without a value. */
export const rankText = ({ rank_low: low, rank_high: high }: Places): string =>
  low === null || high === null ? "–" : low === high ? String(low) : `${low}–${high}`;

/** The same in a sentence; `n` opportunities have a value. */
export function rankSaid({ rank_low: low, rank_high: high }: Places, n: number, say: (key: Key, params?: Params) => string): string {
  if (low === null || high === null) return say("opportunities.rank.none");
  return low === high ? say("opportunities.rank.one", { low, n }) : say("opportunities.rank.range", { low, high, n });
}

export type Order = "none_valued" | "one" | "clear" | "none" | "partly";

/** How far there is an order: whether the places of any two, or of all of them, overlap. */
export function orderOf(listed: readonly Pick<RankedOpportunity, "rank_low" | "overlaps">[]): Order {
  const valued = listed.filter((one) => one.rank_low !== null);
  if (valued.length < 2) return valued.length ? "one" : "none_valued";
  if (valued.every((one) => one.overlaps.length === 0)) return "clear";
  return valued.every((one) => one.overlaps.length === valued.length - 1) ? "none" : "partly";
}

/** From where to where on a scale of `n` places a range lies, 0 to 1; a single place has its own width. */
export const rankSpan = ({ rank_low: low, rank_high: high }: Places, n: number): { from: number; to: number } | null =>
  low === null || high === null || n === 0 ? null : { from: (low - 1) / n, to: Math.min(1, high / n) };
