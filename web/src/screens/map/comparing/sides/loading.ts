/** Two versions of a map with what differs, and the action that came between them. */

import type { Action } from "../../../../core/actions";
import { marksBeside, touchedOn } from "../../../../core/map/alongside";
import type { Difference, KeptVersion } from "../../../../core/map/api";
import type { Mark } from "../../../../core/map/difference";
import type { Sheet } from "../../../../core/map/measured";
import { actions } from "../../../../state/actions";
import { maps } from "../../../../state/maps";
import { MapSession } from "../../../../state/mapsession.svelte";
import { asApiError } from "../../../../state/resource.svelte";

export interface Side {
  session: MapSession;
  version: number;
  kept: KeptVersion | null;
  now: boolean;
}

export interface Sides {
  before: Side;
  after: Side;
  differences: Difference[];
  action: Action | null;
  /** What the action was about, on either side. */
  touched: readonly string[];
}

/**
 * Loads both.
 *
 * @param open the map as it is now, whose figures the newest version shows
 * @param after null for the map as it is now
 */
export async function load(open: MapSession, before: number, after: number | null, asked: string | null, signal: AbortSignal): Promise<Sides> {
  const [then, later, differences, versions, action] = await Promise.all([
    maps.version(open.id, before, { signal }),
    after === null ? maps.sheet(open.id, { signal }) : maps.version(open.id, after, { signal }),
    maps.diff(open.id, before, null, after, { signal }),
    maps.versions(open.id, { signal }),
    asked === null ? null : known(asked, signal),
  ]);
  const marks = marksBeside(differences);
  const on = (map: Sheet): string[] => (action === null ? [] : touchedOn(map, action.id, action.places));
  const side = async (sheet: Sheet, marked: ReadonlyMap<string, Mark>, now: boolean): Promise<Side> => {
    const kept = versions.find((one) => one.version === sheet.version && !one.safety) ?? null;
    const measured = kept?.measured ? await maps.frozen(open.id, sheet.version, { signal }) : now ? open.measured : null;
    const session = MapSession.still({ ...sheet, measured });
    session.marks = marked;
    session.touched = new Set(on(sheet));
    return { session, version: sheet.version, kept, now };
  };
  const [a, b] = await Promise.all([side(then, marks.before, false), side(later, marks.after, after === null)]);
  return { before: a, after: b, differences, action, touched: [...new Set([...on(later), ...on(then)])] };
}

/** The action; null if it is gone. */
async function known(id: string, signal: AbortSignal): Promise<Action | null> {
  try {
    return await actions.one(id, { signal });
  } catch (error) {
    if (asApiError(error).status === 404) return null;
    throw error;
  }
}
