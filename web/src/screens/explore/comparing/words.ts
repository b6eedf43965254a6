/** Differences in words. */

import type { Difference, Result } from "../../../core/types";
import { f, t } from "../../../state/i18n.svelte";

/** "+4.2": a difference of shares in percentage points, with its sign. */
export function points(share: number): string {
  const value = share * 100;
  const text = f().decimal(Math.abs(value), Math.abs(value) < 10 ? 1 : 0);
  if (text === f().decimal(0)) return text;
  return `${value > 0 ? "+" : "−"}${text}`;
}

export const differenceText = ({ difference }: Difference): string => (difference === null ? "–" : t("explore.compare.points", { value: points(difference) }));

export const intervalText = ({ low, high }: Difference): string => (low === null || high === null ? "" : t("explore.compare.interval", { low: points(low), high: points(high) }));

export const shareText = (n: number, of: number): string => (of ? f().percent(n / of, of) : "–");

/** How a side is named where no name is given. */
export const sideName = (segment: string | null): string => segment ?? t("segment.everyone");

/** Under which definition an answer was found. */
export const definitionOf = ({ definition_name: name, definition_version: version }: Result): string =>
  t("explore.definition.under", { name: name ?? "", version: String(version ?? "") });
