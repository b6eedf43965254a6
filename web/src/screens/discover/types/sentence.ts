/** What the answer about types says, no stronger than it is. */

import type { JourneyType, TypesResult } from "../../../core/discovery";
import { f, t } from "../../../state/i18n.svelte";
import { counted } from "../../explore/parts/words";

export function typesSaid(result: Pick<TypesResult, "reason" | "stable" | "groups" | "with_journey" | "grain">): string {
  const journeys = counted(result.grain, result.with_journey);
  if (result.with_journey === 0) return t("discover.types.said.nobody");
  if (result.reason === "too_few") return t("discover.types.said.too_few", { journeys });
  const largest = result.groups[0];
  if (!result.stable || !largest) return t("discover.types.said.one_kind", { journeys });
  return t("discover.types.said.stable", { n: result.groups.length, journeys, name: largest.name, share: f().percent(largest.share, result.with_journey) });
}

const HARDLY = 0.1;

/** How many go nearly the way of the example. */
export function coverageSaid(group: Pick<JourneyType, "coverage" | "people">): string {
  const share = f().percent(group.coverage, group.people);
  return group.coverage < HARDLY ? t("discover.types.coverage.hardly", { share }) : t("discover.types.coverage", { share });
}
