/** What the days of a period say. */

import type { StickinessResult } from "../../../../core/types";
import { f, t } from "../../../../state/i18n.svelte";
import { periodTitle } from "../../parts/periods";
import { counted } from "../../parts/words";
import type { RailProps } from "../question";
import { atLeast } from "./days";
import type { stickiness } from "./params";

export function sentence({ bars, grain, people_active: people, average_days, start, mature }: StickinessResult, { period }: RailProps<typeof stickiness>["fields"]): string {
  if (people === 0 || start === null) return "";
  const said = { period: periodTitle(period, start), units: counted(grain, people), days: f().decimal(average_days ?? 0, 1), share: f().percent(atLeast(bars, 2), people) };
  return t(mature ? "explore.stickiness.lead" : "explore.stickiness.lead_running", said);
}
