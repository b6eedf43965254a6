/** What the switches say: how many use several channels, and how often a switch is followed by the same again. */

import type { SwitchesResult } from "../../../../core/types";
import { channelName } from "../../../../state/channel";
import { f, t } from "../../../../state/i18n.svelte";
import { counted } from "../../parts/words";
import { several } from "./matrix";

export function sentence(result: SwitchesResult): string {
  const many = several(result);
  if (many.of === 0) return "";
  const lead = t("explore.switches.lead", { units: counted(result.grain, many.people), of: f().number(many.of), share: f().percent(many.share, many.of) });
  const most = [...result.switches].sort((a, b) => b.count - a.count)[0];
  if (!most) return lead;
  const said = { from: channelName(most.from), to: channelName(most.to), n: most.count, share: f().percent(most.repeated_share, most.count) };
  return `${lead} ${t(most.repeated > 0 ? "explore.switches.most" : "explore.switches.most_plain", said)}`;
}
