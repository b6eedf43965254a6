/** Sentences of the explore screen that depend on what is counted: people, journeys or cases. */

import type { FunnelResult, Grain } from "../../core/types";
import { f, t } from "../../state/i18n.svelte";
import type { Drop } from "./funnel";

const UNITS = { person: "ui.people", journey: "ui.journeys", case: "ui.cases" } as const;

/** The heading of a column that counts. */
export const countColumn = (grain: Grain): string => t(`explore.count.${grain}`);

/** A counted noun: "2,469 people". */
export const counted = (grain: Grain, n: number): string => t(UNITS[grain], { n });

export function dropSentence(drop: Drop, grain: Grain): string {
  const share = drop.share === null ? "" : f().percent(drop.share, drop.people);
  return t(`explore.drop.${grain}`, { n: drop.people, share });
}

/** What the whole funnel says, in one sentence. */
export function funnelSentence(result: FunnelResult): string {
  const [first, last] = [result.steps[0], result.steps.at(-1)];
  if (!first || !last) return "";
  const within = result.within_seconds === null ? "" : t("explore.funnel.in_time", { span: f().duration(result.within_seconds) });
  const share = f().percent(last.share_of_first, first.people);
  if (result.steps.length === 1) return t("explore.funnel.one", { units: counted(result.grain, first.people), name: first.name });
  return t("explore.funnel.lead", { reached: counted(result.grain, last.people), of: f().number(first.people), share, within });
}
