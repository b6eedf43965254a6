/** What the days of a period say. */

import type { StickinessResult } from "../../../../core/types";
import { f, t } from "../../../../state/i18n.svelte";
import { counted } from "../../parts/words";
import type { RailProps } from "../question";
import { atLeast, usual } from "./days";
import type { stickiness } from "./params";

export function sentence({ bars, grain }: StickinessResult, { period }: RailProps<typeof stickiness>["fields"]): string {
  const all = bars.reduce((sum, bar) => sum + bar.people, 0);
  if (all === 0) return "";
  const said = { units: counted(grain, all), days: f().decimal(usual(bars), 1), share: f().percent(atLeast(bars, 2), all) };
  return t(`explore.stickiness.lead.${period}`, said);
}
