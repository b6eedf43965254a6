/** What the answer about personas says, no stronger than it is. */

import type { Behaviour, Persona, PersonasResult } from "../../../core/discovery";
import { f, i18n, t } from "../../../state/i18n.svelte";

/** The name of a persona in the language in use. */
export const nameOf = (group: Pick<Persona, "name" | "names">): string => group.names[i18n.locale] ?? group.name;

export function personasSaid(result: Pick<PersonasResult, "reason" | "groups" | "people_in_scope">): string {
  const [largest] = result.groups;
  const people = t("ui.people", { n: result.people_in_scope });
  if (result.reason || !largest) return t(`discover.personas.said.${result.reason ?? "one_population"}`, { people });
  return t("discover.personas.said.stable", { n: result.groups.length, people, name: nameOf(largest), share: f().percent(largest.share, result.people_in_scope) });
}

/** What would help to find some. */
export const helping = (reason: NonNullable<PersonasResult["reason"]>): string => t(`discover.personas.help.${reason}`);

/** What is measured, for a row or a column of its own. */
export const behaviourSaid = (behaviour: Behaviour, name: string | null): string =>
  name === null ? t(`discover.behaviour.${behaviour}`) : t(behaviour === "channel" ? "discover.behaviour.channel" : "discover.behaviour.touchpoint", { name });

const SHARES: readonly Behaviour[] = ["touchpoint", "channel", "repeats", "weekend", "evening"];

/** A measured value in its own unit. */
export function valueSaid(behaviour: Behaviour, value: number): string {
  if (SHARES.includes(behaviour)) return f().percent(value);
  if (behaviour === "pace") return f().duration(value);
  if (behaviour === "recency") return f().duration(value * 86_400);
  return f().decimal(value, Math.abs(value) < 10 ? 2 : 0);
}
