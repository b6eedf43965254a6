/** Comments of an open map: counts for the grid, and which thing a new thread is pinned to (in the address). */

import type { Comment } from "../../../core/map/api";
import { openOn } from "../../../core/map/threads";
import { toast } from "../../../state/live.svelte";
import { maps } from "../../../state/maps";
import type { MapSession } from "../../../state/mapsession.svelte";
import { asApiError } from "../../../state/resource.svelte";
import { router } from "../../../state/router.svelte";

const counted = new WeakMap<readonly Comment[], ReadonlyMap<string, number>>();

/** Open threads by thing; counted once for each state of the comments, however many pins ask. */
export function countsOf(session: MapSession): ReadonlyMap<string, number> {
  const known = counted.get(session.comments) ?? openOn(session.comments);
  counted.set(session.comments, known);
  return known;
}

/** Opens the comments at a thing of the map; null is the map as a whole. */
export const commentOn = (id: string | null): void => router.setQuery({ panel: "comments", on: id });

/** Does something to the comments and reads them again; true if the server took it. */
export async function change(session: MapSession, work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    await session.refreshComments();
    return true;
  } catch (error) {
    toast(asApiError(error).message, "bad");
    return false;
  }
}

export const add = (session: MapSession, text: string, on: string | null, replyTo: string | null): Promise<boolean> =>
  change(session, () => maps.comment(session.id, { id: session.newId(), on, text, reply_to: replyTo }));
