/** What the newest period of the life cycle says. */

import type { LifecycleResult } from "../../../../core/types";
import { f, t } from "../../../../state/i18n.svelte";
import { periodTitle } from "../../parts/periods";
import { counted } from "../../parts/words";
import type { RailProps } from "../question";
import type { lifecycle } from "./params";
import { active, newest } from "./stacks";

export function sentence(result: LifecycleResult, { period }: RailProps<typeof lifecycle>["fields"]): string {
  const last = newest(result.periods);
  if (!last) return "";
  const lead = t("explore.lifecycle.lead", { period: periodTitle(period, last.start), units: counted(result.grain, active(last)) });
  const said = { fresh: f().number(last.new), returning: f().number(last.returning), resurrecting: f().number(last.resurrecting), dormant: f().number(last.dormant ?? 0) };
  return `${lead} ${t("explore.lifecycle.parts", said)}`;
}
