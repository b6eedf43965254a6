/** Going back to an old version; the server keeps how the map is now before. */

import { t } from "../../../state/i18n.svelte";
import { toast } from "../../../state/live.svelte";
import { maps } from "../../../state/maps";
import type { MapSession } from "../../../state/mapsession.svelte";
import { asApiError } from "../../../state/resource.svelte";
import { keptOf } from "./kept.svelte";

/** True if the map is now what it was then. */
export async function restore(session: MapSession, version: number): Promise<boolean> {
  try {
    await maps.restore(session.id, version);
    await Promise.all([session.reload(), keptOf(session).refresh()]);
    toast(t("map.history.restored", { version: String(version) }));
    return true;
  } catch (error) {
    toast(asApiError(error).message, "bad");
    return false;
  }
}
