/** What the variants say. */

import type { VariantsResult } from "../../../../core/types";
import { f, t } from "../../../../state/i18n.svelte";
import { needed } from "./variants";

export function sentence(result: VariantsResult): string {
  const covered = result.variants.at(-1)?.cumulative_share ?? 0;
  const half = needed(result.variants, 0.5);
  const lead = t("explore.variants.lead", { n: result.distinct, shown: result.variants.length, share: f().percent(covered, result.people_in_scope) });
  return half === null ? lead : `${lead} ${t("explore.variants.half", { n: half })}`;
}
