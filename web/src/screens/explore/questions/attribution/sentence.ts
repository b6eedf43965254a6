/** What the credit says: the most credited by the most thorough model, and how far the models disagree about it. */

import type { AttributionResult } from "../../../../core/types";
import { f, t } from "../../../../state/i18n.svelte";
import { groupName } from "../../parts/breakdown";
import type { RailProps } from "../question";
import { focused, rows } from "./credits";
import type { attribution } from "./params";

export function sentence(result: AttributionResult, { goal, touch }: RailProps<typeof attribution>["fields"]): string {
  const lead = t("explore.attribution.lead", { n: result.conversions, goal: goal ?? "" });
  const focus = focused(result, "markov");
  const first = focus ? rows(result, focus)[0] : undefined;
  const own = first?.shares.find((one) => one.model === focus);
  if (!focus || !first || !own || own.share === 0) return lead;
  const percent = (share: number): string => f().percent(share, result.conversions);
  const said = { name: groupName(touch, first.name), share: percent(own.share), model: t(`explore.attribution.model.${focus}`), low: percent(first.least), high: percent(first.most) };
  return `${lead} ${t(first.shares.length > 1 ? "explore.attribution.most" : "explore.attribution.most_alone", said)}`;
}
