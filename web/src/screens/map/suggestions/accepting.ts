/** Taking suggestions over: first the library items they need, then their commands, each suggestion as one change. */

import type { Suggestion } from "../../../core/map/api";
import { toast } from "../../../state/live.svelte";
import { maps } from "../../../state/maps";
import type { MapSession } from "../../../state/mapsession.svelte";
import { asApiError } from "../../../state/resource.svelte";

/** Those that were taken over; it stops at the first that the server or the map refuses. */
export async function accept(session: MapSession, wanted: readonly Suggestion[]): Promise<Suggestion[]> {
  const taken: Suggestion[] = [];
  try {
    for (const one of wanted) {
      for (const item of one.library) {
        if (session.library.has(item.id)) await maps.changeItem(item.id, { measures: item.measures });
        else await maps.addItem(item);
      }
      if (one.library.length) await session.refreshLibrary();
      if (one.commands.length && !session.run(one.commands, { label: "map.command.suggestion" })) break;
      taken.push(one);
    }
  } catch (error) {
    toast(asApiError(error).message, "bad");
  }
  return taken;
}
