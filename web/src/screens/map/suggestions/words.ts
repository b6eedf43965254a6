import type { Suggestion } from "../../../core/map/api";
import type { LaneKind } from "../../../core/map/document";
import { t } from "../../../state/i18n.svelte";

/** A suggestion as a sentence. */
export function sentence(one: Suggestion): string {
  const { names } = one;
  switch (one.kind) {
    case "lane": {
      const lane = t(`map.lane.${names["kind"] as LaneKind}`);
      return names["channel"] ? t("map.suggest.lane_of", { lane, channel: names["channel"] }) : t("map.suggest.lane", { lane });
    }
    case "bind":
      if (names["touchpoint"]) return t("map.suggest.bind_touchpoint", names);
      return t(one.commands[0]?.do === "stage.set" ? "map.suggest.bind_stage" : "map.suggest.figures", names);
    default:
      return t(`map.suggest.${one.kind}`, names);
  }
}

/** What stays the same about a suggestion when the list is made anew. */
export const signature = (one: Suggestion): string => JSON.stringify([one.kind, one.names, one.commands.map((command) => command.do)]);
