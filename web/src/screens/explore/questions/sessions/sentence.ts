/** What the visits say. */

import type { SessionsResult } from "../../../../core/types";
import { f, t } from "../../../../state/i18n.svelte";
import { counted } from "../../parts/words";

export function sentence(result: SessionsResult): string {
  const { sessions, people_with_sessions: people, grain } = result;
  if (sessions === 0) return "";
  const share = (value: number | null): string => f().percent(value ?? 0, sessions);
  const lead = t("explore.sessions.lead", { n: sessions, units: counted(grain, people) });
  return `${lead} ${t("explore.sessions.bounce", { share: share(result.bounce_share), low: share(result.low), high: share(result.high) })}`;
}
