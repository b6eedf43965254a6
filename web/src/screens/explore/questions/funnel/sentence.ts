/** Sentences of the funnel. */

import type { FunnelResult, Grain } from "../../../../core/types";
import { f, t } from "../../../../state/i18n.svelte";
import { counted } from "../../parts/words";
import type { Drop } from "./funnel";

export function dropSentence(drop: Drop, grain: Grain): string {
  const share = drop.share === null ? "" : f().percent(drop.share, drop.people);
  return t(`explore.drop.${grain}`, { n: drop.people, share });
}

/** What the whole funnel says, in one sentence. */
export function sentence(result: FunnelResult): string {
  const [first, last] = [result.steps[0], result.steps.at(-1)];
  if (!first || !last) return "";
  const within = result.within_seconds === null ? "" : t("explore.funnel.in_time", { span: f().duration(result.within_seconds) });
  const share = f().percent(last.share_of_first, first.people);
  if (result.steps.length === 1) return t("explore.funnel.one", { units: counted(result.grain, first.people), name: first.name });
  return t("explore.funnel.lead", { reached: counted(result.grain, last.people), of: f().number(first.people), share, within });
}

/** How many lost a chain to an exclusion. */
export const excludedSentence = ({ excluded, grain }: FunnelResult): string => t("explore.funnel.excluded", { units: counted(grain, excluded.people) });

/** How many got less far because of it. */
export const lostSentence = ({ excluded, grain }: FunnelResult): string => t("explore.funnel.lost", { units: counted(grain, excluded.people_lost) });
