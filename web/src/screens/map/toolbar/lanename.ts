import type { Lane } from "../../../core/map/document";
import type { MapSession } from "../../../state/mapsession.svelte";
import { laneTitle } from "../grid/words";

/** A lane's name, with its channel where it is for one: several lanes of touchpoints are told apart by it. */
export function laneName(session: MapSession, lane: Lane): string {
  const channel = lane.title || lane.channel === null ? undefined : session.library.get(lane.channel)?.name;
  return channel ? `${laneTitle(lane)}: ${channel}` : laneTitle(lane);
}
