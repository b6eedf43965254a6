/** Names of roles, types and reasons on the sources screen. */

import type { Key } from "../../core/i18n";
import { t } from "../../state/i18n.svelte";

const REASONS = [
  "unparseable_time", "time_out_of_range", "no_time", "no_person", "no_name", "too_large", "bad_encoding", "broken_row", "bad_value", "out_of_scale", "no_answer",
] as const;
const TYPES = ["time", "date", "integer", "number", "boolean", "email", "phone", "text", "empty"] as const;

/** Why a row was rejected; a reason that we do not know stays as it is. */
export function reasonName(reason: string): string {
  const known = REASONS.find((r) => r === reason);
  return known ? t(`sources.reason.${known}`) : reason;
}

export function typeName(type: string): string {
  const known = TYPES.find((k) => k === type);
  return known ? t(`sources.type.${known}`) : type;
}

export const problemText = (code: string): string => t(`sources.problem.${code}` as Key);

/** What answers are on; without a scale the question is open. */
export const scaleName = (scale: string): string => (scale ? t(`sources.scale.${scale}` as Key) : t("sources.scale.open"));
