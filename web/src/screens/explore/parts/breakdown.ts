/** What an answer can be broken down by, and how its groups are called. */

import type { Key } from "../../../core/i18n";
import { channelName } from "../../../state/channel";
import { t } from "../../../state/i18n.svelte";
import { capital } from "./words";

export const BREAKDOWNS = ["channel", "source", "stage", "touchpoint", "event"] as const;

/** The name of a breakdown: "channel", or the trait or property itself. */
export function breakdownName(by: string): string {
  const [kind, ...path] = by.split(".");
  if (kind === "trait") return path.join(".");
  if (kind === "property") return t("explore.by.property_named", { name: path.join(".") });
  return (BREAKDOWNS as readonly string[]).includes(by) ? t(`explore.by.${by}` as Key) : by;
}

/** The name of a breakdown at the head of a column. */
export function breakdownHeading(by: string): string {
  const name = breakdownName(by);
  return by.includes(".") ? name : capital(name);
}

/** The name of a group of a breakdown; null and `@other` become words. */
export function groupName(by: string | null, name: string | null): string {
  if (name === "@other") return t("explore.by.others");
  if (by === "channel") return channelName(name);
  return name ?? t("explore.by.unknown");
}
