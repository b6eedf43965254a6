/** Sentences of the explore screen that depend on what is counted, and those that any answer may say. */

import type { Cut, Grain } from "../../../core/types";
import { t } from "../../../state/i18n.svelte";
import { gathered } from "./cuts";

const UNITS = { person: "ui.people", journey: "ui.journeys", case: "ui.cases" } as const;

/** A text as it stands at the head of a column. */
export const capital = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1);

/** The heading of a column that counts. */
export const countColumn = (grain: Grain): string => t(`explore.count.${grain}`);

/** A counted noun: "2,469 people". */
export const counted = (grain: Grain, n: number): string => t(UNITS[grain], { n });

/** What limits left out, as sentences; unknown limits are named as the server names them. */
export function cutSentences(cuts: readonly Cut[]): string[] {
  return gathered(cuts).map(({ kind, what, kept, total, missing }) => t(`explore.cut.${kind}`, { what, kept, total, n: missing }));
}
