/** What the ways say. */

import type { PathsResult } from "../../../../core/types";
import { f, t } from "../../../../state/i18n.svelte";
import { counted } from "../../parts/words";
import { columnSums, reconciles } from "./flow";
import type { paths } from "./params";
import type { RailProps } from "../question";

/** Ties the picture to the funnel: every column adds up to those who entered. */
export function sentence(result: PathsResult, { anchor, direction, to }: RailProps<typeof paths>["fields"]): string {
  const lead = t("explore.flow.entered", { units: counted(result.grain, result.people_entered), name: anchor ?? "" });
  if (result.arrived !== null) {
    const share = f().percent(result.arrived / Math.max(1, result.people_entered), result.people_entered);
    return `${lead} ${t("explore.flow.arrived", { name: to ?? "", n: result.arrived, share })}`;
  }
  if (direction === "between" || result.layers.length === 0) return lead;
  const sums = reconciles(result)
    ? t(`explore.flow.reconciles.${direction}`, { n: result.people_entered })
    : t("explore.flow.sums", { sums: f().list(columnSums(result).map((n) => f().number(n))) });
  return `${lead} ${sums}`;
}
