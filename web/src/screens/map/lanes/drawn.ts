/** How much room a lane's picture takes above its cards. */

import { headroom, type Skip } from "../../../core/desireline";
import type { JourneyMap, Lane } from "../../../core/map/document";
import type { HandOffMeasured, Measured } from "../../../core/map/measured";
import type { MapSession } from "../../../state/mapsession.svelte";
import { SIDE } from "../conformance/room";
import { figuresOf } from "./reading";

export const PATH = { height: 76, above: 28, below: 44 };
export const EMOTION = { top: 28, height: 112, below: 28 };
const [HAND_OFF, HAND_OFF_AGAIN, HAND_OFF_PAD] = [40, 18, 12];

/** Of one measured hand-off: those who had to say it again get a line of their own. */
export const crossingHeight = ({ repeated_share: repeated }: HandOffMeasured): number => HAND_OFF + (repeated ? HAND_OFF_AGAIN : 0);

/** People by stage; null where nothing measures it. */
export const peopleByStage = (map: JourneyMap, measured: Measured | null): (number | null)[] =>
  map.stages.map((stage) => measured?.stages[stage.id]?.people ?? null);

/** Those who went on past the next stage. */
export function skipsOf(map: JourneyMap, measured: Measured | null): Skip[] {
  const index = new Map(map.stages.map((stage, i) => [stage.id, i]));
  return map.stages.flatMap((stage, from) =>
    (measured?.stages[stage.id]?.onward ?? []).flatMap(({ to, people }) => {
      const at = index.get(to) ?? 0;
      return at > from + 1 && people > 0 ? [{ from, to: at, people }] : [];
    }),
  );
}

/** What the planned way and its side paths need under the band while the map is compared with an ideal one. */
export const sideRoom = (session: MapSession): number => (session.conformance ? SIDE.above + SIDE.below : 0);

/** Height in pixels; 0 for lanes that are only cards. */
export function drawnHeight(lane: Lane, session: MapSession): number {
  const measured = figuresOf(session);
  if (lane.kind === "path") {
    const head = headroom(peopleByStage(session.document, measured), skipsOf(session.document, measured), PATH.height, PATH.above);
    return head + PATH.height + PATH.below + sideRoom(session);
  }
  if (lane.kind === "emotion") return EMOTION.top + EMOTION.height + EMOTION.below;
  if (lane.kind === "hand_offs") {
    const most = Math.max(0, ...Object.values(measured?.hand_offs ?? {}).map((all) => all.reduce((sum, cross) => sum + crossingHeight(cross), 0)));
    return most ? most + HAND_OFF_PAD : 0;
  }
  return 0;
}
