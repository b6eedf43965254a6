/** What the transitions say. */

import type { TransitionsResult } from "../../../../core/types";
import { f, t } from "../../../../state/i18n.svelte";

export function sentence({ transitions, total }: TransitionsResult): string {
  const most = transitions[0];
  return most ? t("explore.transitions.lead", { from: most.from, to: most.to, n: most.count, share: f().percent(most.share, total) }) : "";
}
