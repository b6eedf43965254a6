/** Versions in words: who, what, how often. */

import type { Key } from "../../../core/i18n";
import type { KeptVersion } from "../../../core/map/api";
import type { Doing, Sitting } from "../../../core/map/history";
import { ME } from "../../../core/map/threads";
import { f, t } from "../../../state/i18n.svelte";

export const authorName = (author: string): string => (author === ME || author === "" ? t("map.author.you") : author);

const said = ({ name, n }: Doing): string => {
  const label = t(`map.command.${name}` as Key);
  return n > 1 ? `${label} (${f().number(n)})` : label;
};

/** What was done in a sitting, as one line that begins with a capital. */
export function deeds(sitting: Sitting): string {
  const parts = [...sitting.doings.map(said), ...(sitting.undone ? [t("map.history.undone", { n: sitting.undone })] : [])];
  const line = parts.length ? parts.join(", ") : sitting.from === 1 ? t("map.history.made") : t("map.history.kept");
  return line.charAt(0).toLocaleUpperCase() + line.slice(1);
}

/** The label of a kept version; one that the program made says for what. */
export const keptLabel = (kept: KeptVersion): string => (kept.safety ? t("map.history.safety", { version: kept.label }) : kept.label);
