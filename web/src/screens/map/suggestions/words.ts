import type { Suggestion } from "../../../core/map/api";
import { t } from "../../../state/i18n.svelte";

/** A suggestion as a sentence; `names` fill its places. */
export const sentence = (one: Suggestion): string => t(`map.suggest.${one.kind}`, one.names);
