/** What the answer about drift says, no stronger than it is. */

import type { DriftChange, DriftResult } from "../../../core/discovery";
import { f, t } from "../../../state/i18n.svelte";

export function driftSaid(result: Pick<DriftResult, "enough" | "reason" | "changes" | "p">): string {
  if (!result.enough) return t(`discover.drift.said.${result.reason ?? "few_transitions"}`);
  const [first] = result.changes;
  if (!first) return t("discover.drift.said.nothing", { p: probability(result.p ?? 1) });
  return t("discover.drift.said.changed", {
    n: result.changes.length, from: first.from, to: first.to, day: f().date(first.since),
    before: f().percent(first.share_before, first.of_before), after: f().percent(first.share_after, first.of_after),
  });
}

/** A probability; a small one by its bound. */
export const probability = (p: number): string => (p < 0.001 ? `< ${f().decimal(0.001, 3)}` : f().decimal(p, p < 0.1 ? 3 : 2));

/** The difference in percentage points, with its interval. */
export const differenceSaid = (change: Pick<DriftChange, "share_before" | "share_after" | "low" | "high">): string =>
  t("discover.drift.points", { by: points(change.share_after - change.share_before), low: points(change.low), high: points(change.high) });

const points = (share: number): string => f().fixed(share * 100, Math.abs(share) < 0.1 ? 1 : 0, true);
