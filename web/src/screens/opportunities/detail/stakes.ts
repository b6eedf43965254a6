/** What is asked of the stakes of an opportunity, and how strong something unseen would have to be, in words. */

import type { StakesRequest } from "../../../core/obstacles";
import { obstacleOf, type OpportunitySource } from "../../../core/opportunities";
import type { Asked } from "../../../core/types";

const SHARED = ["grain", "by_event_name", "filters", "segment", "definition", "today"] as const;

/** The question behind the figures; null without a goal, or where the obstacle lies at the goal itself. */
export function stakesOf(source: OpportunitySource, goal: string | null, language: string): StakesRequest | null {
  const { fields } = source;
  const towards = goal ?? (typeof fields["goal"] === "string" ? fields["goal"] : null);
  if (towards === null) return null;
  if (source.question === "stakes") return { ...fields, goal: towards, language } as StakesRequest;
  const obstacle = obstacleOf(source);
  if (!obstacle || obstacle.touchpoint === towards) return null;
  const shared = Object.fromEntries(SHARED.flatMap((name) => (name in fields ? [[name, fields[name]]] : []))) as Asked;
  return { ...shared, goal: towards, touchpoint: obstacle.touchpoint, obstacle: obstacle.kind, channel: obstacle.channel, language };
}

export type Strength = "nothing" | "little" | "some" | "much";

/** How strong a hidden influence would have to be, from the E-value of the interval's end next to none. */
export const strengthOf = (eValueLow: number | null): Strength | null =>
  eValueLow === null ? null : eValueLow <= 1 ? "nothing" : eValueLow < 1.5 ? "little" : eValueLow < 2.5 ? "some" : "much";
