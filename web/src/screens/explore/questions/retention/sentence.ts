/** What the return of everybody says: in the first period after the start, and in the last that is known. */

import type { RetentionResult } from "../../../../core/types";
import { f, t } from "../../../../state/i18n.svelte";
import { counted } from "../../parts/words";
import type { RailProps } from "../question";
import type { retention } from "./params";
import { later } from "./triangle";
import { longPeriod } from "./words";

export function sentence(result: RetentionResult, { mode, period }: RailProps<typeof retention>["fields"]): string {
  const people = result.cohorts.reduce((sum, cohort) => sum + cohort.people, 0);
  if (people === 0) return "";
  const after = later(result.overall);
  const [first, last] = [after[0], after.at(-1)];
  if (!first || !last) return t(`explore.retention.young.${period}`, { units: counted(result.grain, people) });
  const share = f().percent(first.share ?? 0, first.people);
  const lead = t(`explore.retention.lead.${mode}`, { period: longPeriod(period, first), returned: counted(result.grain, first.returned), of: f().number(first.people), share });
  if (last === first) return lead;
  return `${lead} ${t("explore.retention.still", { period: longPeriod(period, last), share: f().percent(last.share ?? 0, last.people) })}`;
}
