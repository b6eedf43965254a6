/** What the micro-conversions say: how many reach the goal, and which small step goes with it most; named naive. */

import type { MicroConversionsResult } from "../../../../core/types";
import { f, t } from "../../../../state/i18n.svelte";
import { counted } from "../../parts/words";
import type { RailProps } from "../question";
import { strongest } from "./lifts";
import type { microConversions } from "./params";

export function sentence(result: MicroConversionsResult, { goal }: RailProps<typeof microConversions>["fields"]): string {
  const { people_in_scope: people, converted, grain } = result;
  if (people === 0) return "";
  const lead = t("explore.micro.lead", { units: counted(grain, converted), of: f().number(people), goal: goal ?? "", share: f().percent(converted / people, people) });
  const most = strongest(result.rows);
  if (!most || most.rate_with === null || most.rate_without === null) return lead;
  const said = { name: most.name, with: f().percent(most.rate_with, most.before_goal), without: f().percent(most.rate_without, people - most.before_goal) };
  return `${lead} ${t("explore.micro.most", said)}`;
}
