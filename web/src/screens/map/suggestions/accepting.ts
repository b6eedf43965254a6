/** Taking suggestions over: first the library items they need, then their commands, each suggestion as one change. */

import type { Suggestion } from "../../../core/map/api";
import { maps } from "../../../state/maps";
import type { MapSession } from "../../../state/mapsession.svelte";
import { toast } from "../../../state/live.svelte";
import { asApiError } from "../../../state/resource.svelte";

/** Ids of the suggestions that the map took; it stops at the first that the server or the map refuses. */
export async function accept(session: MapSession, wanted: readonly Suggestion[]): Promise<string[]> {
  const taken: string[] = [];
  try {
    for (const one of wanted) {
      const missing = one.library.filter((item) => !session.library.has(item.id));
      for (const item of missing) await maps.addItem(item);
      if (missing.length) await session.refreshLibrary();
      if (!session.run(one.commands, { label: "map.command.suggestion" })) break;
      taken.push(one.id);
    }
  } catch (error) {
    toast(asApiError(error).message, "bad");
  }
  return taken;
}
