/** What the answer about stages says, no stronger than it is. */

import type { StagesResult } from "../../../core/discovery";
import { f, t } from "../../../state/i18n.svelte";

const NEEDED = 0.8;

export function stagesSaid(result: Pick<StagesResult, "reason" | "agreement" | "groups" | "touchpoints">): string {
  const [n, agreement] = [result.groups.length, f().fixed(result.agreement ?? 0, 2)];
  if (result.reason === "no_steps" || n === 0) return t("discover.stages.said.no_steps");
  if (result.reason === "one_stage") return t("discover.stages.said.one_stage");
  const stages = result.groups.map((group) => group.name).join(" → ");
  if (result.reason === "varies") return t("discover.stages.said.varies", { n, stages, agreement, needed: f().fixed(NEEDED, 2) });
  return t("discover.stages.said.stable", { n, stages, agreement });
}

/** "21 % funnel – 79 % circle". */
export const circling = (incoherence: number): string => t("discover.stages.circling", { funnel: f().percent(1 - incoherence), circle: f().percent(incoherence) });
