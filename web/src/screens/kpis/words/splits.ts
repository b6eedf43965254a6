/** By what a KPI is taken apart, and how its parts are called. */

import type { Key } from "../../../core/i18n";
import { channelName } from "../../../state/channel";
import { t } from "../../../state/i18n.svelte";

const NAMED: readonly string[] = ["channel", "touchpoint", "persona", "source", "stage", "event"];

/** `channel`; a trait and a dimension of readings by their own name. */
export function splitText(by: string): string {
  if (NAMED.includes(by)) return t(`kpi.split.${by}` as Key);
  const [kind, ...path] = by.split(".");
  if (kind === "property" && path.length) return t("kpi.split.property", { name: path.join(".") });
  return kind === "trait" && path.length ? path.join(".") : by;
}

/** A part by its value; what has none, and what was too rare to stand alone, in words. */
export function groupText(by: string, value: string | null): string {
  if (value === "@other") return t("kpi.split.others");
  if (value === null) return t(by === "persona" ? "kpi.split.nobody" : "kpi.split.none");
  return by === "channel" ? channelName(value) : value;
}
