/** Compares the open map with another map, version, period or segment, and marks on it what differs. */

import { fromQuery } from "../../../core/filters";
import type { Difference, MeasureOf } from "../../../core/map/api";
import { figureDifferences, marksOf } from "../../../core/map/difference";
import { findThing } from "../../../core/map/find";
import type { MapSession } from "../../../state/mapsession.svelte";
import { maps } from "../../../state/maps";
import { router } from "../../../state/router.svelte";
import { laneTitle, stepTitle, titleOf } from "../grid/words";

export type With =
  | { what: "map"; map: string }
  | { what: "version"; version: number }
  | { what: "period"; since: string; until: string }
  | { what: "segment"; segment: string | null };

/** Differences from what the map is compared with to the map as it is shown. */
export async function compare(session: MapSession, other: With): Promise<Difference[]> {
  const found = await differences(session, other);
  session.marks = marksOf(found);
  return found;
}

async function differences(session: MapSession, other: With): Promise<Difference[]> {
  if (other.what === "map") return maps.diff(other.map, null, session.id, null);
  if (other.what === "version") return maps.diff(session.id, other.version, null, session.preview?.version ?? null);
  const query = router.route.query;
  const now: MeasureOf = { filters: fromQuery(query), segment: query.get("segment") };
  const then: MeasureOf =
    other.what === "segment" ? { ...now, segment: other.segment } : { ...now, filters: { ...now.filters, since: other.since, until: other.until } };
  const [before, after] = await Promise.all([maps.measured(session.id, then), maps.measured(session.id, now)]);
  return figureDifferences(before, after, (what, id, lane) => where(session, what, id, lane));
}

/** Stage, step, lane, card; null if the map has no such thing, or if it is a step whose figure is that of its stage. */
function where(session: MapSession, what: string, id: string, lane: string): string[] | null {
  const map = session.document;
  const thing = findThing(map, id);
  if (!thing) return null;
  if (thing.kind === "card") return [stepTitle(session, thing.step), laneTitle(thing.lane), titleOf(session, thing)];
  if (what === "step" && thing.kind === "step" && thing.stage.steps.length === 1) return null;
  const of = what === "emotion" ? map.lanes.find((one) => one.id === lane) : undefined;
  if (thing.kind === "step") return [thing.stage.name, titleOf(session, thing), ...(of ? [laneTitle(of)] : [])];
  return [titleOf(session, thing)];
}
