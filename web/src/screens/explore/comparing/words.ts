/** Differences in words. */

import type { Difference } from "../../../core/types";
import { f, t } from "../../../state/i18n.svelte";

/** "+4.2": a difference of shares in percentage points, with its sign. */
export function points(share: number): string {
  const value = share * 100;
  const text = f().decimal(Math.abs(value), Math.abs(value) < 10 ? 1 : 0);
  if (text === f().decimal(0)) return text;
  return `${value > 0 ? "+" : "−"}${text}`;
}

export function differenceText({ difference, low, high }: Difference): string {
  if (difference === null || low === null || high === null) return "–";
  return t("explore.compare.difference", { value: points(difference), low: points(low), high: points(high) });
}

export const shareText = (n: number, of: number): string => (of ? f().percent(n / of, of) : "–");

/** How a side is named where no name is given. */
export const sideName = (segment: string | null): string => segment ?? t("segment.everyone");
