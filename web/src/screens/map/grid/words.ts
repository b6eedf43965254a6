/** How things of the map are called, on the screen and by screen readers. */

import type { Key } from "../../../core/i18n";
import type { Lane } from "../../../core/map/document";
import { findThing, stepName, type Thing } from "../../../core/map/find";
import { plainText } from "../../../core/map/markdown";
import { cellOf } from "../../../core/map/places";
import { t } from "../../../state/i18n.svelte";
import type { MapSession } from "../../../state/mapsession.svelte";

export const laneTitle = (lane: Lane): string => lane.title || t(`map.lane.${lane.kind}`);

/** The channel that a lane is of. */
export const channelOf = (session: MapSession, lane: Lane): string | null =>
  lane.channel === null ? null : (session.library.get(lane.channel)?.name ?? null);

export function stepTitle(session: MapSession, id: string): string {
  return stepName(session.document, id) || t("map.grid.unnamed_step");
}

/** A thing's name. */
export function titleOf(session: MapSession, thing: Thing): string {
  switch (thing.kind) {
    case "stage":
      return thing.stage.name || t("map.grid.unnamed_stage");
    case "step":
      return stepTitle(session, thing.step.id);
    case "lane":
      return laneTitle(thing.lane);
    case "card":
      return plainText(session.titleOf(thing.card)) || t("map.grid.empty_card");
  }
}

/** What a thing is and where it stands, e.g. "Moved to step Payment, lane Pain points, position 2 of 3". */
export function whereabouts(session: MapSession, id: string, said: { card: Key; other: Key }): string {
  const map = session.document;
  const thing = findThing(map, id);
  if (!thing) return "";
  const name = titleOf(session, thing);
  if (thing.kind === "card") {
    const of = thing.lane.cells[thing.step]?.length ?? 0;
    return t(said.card, { name, step: stepTitle(session, thing.step), lane: laneTitle(thing.lane), at: thing.index + 1, of });
  }
  const of = thing.kind === "stage" ? map.stages.length : thing.kind === "lane" ? map.lanes.length : thing.stage.steps.length;
  return t(said.other, { name, at: thing.index + 1, of });
}

/** What stands at an id of the grid, for menus: the name of a thing, or of a cell its step and lane. */
export function spoken(session: MapSession, id: string): string {
  const cell = cellOf(id);
  if (cell) {
    const lane = session.document.lanes.find((l) => l.id === cell.lane);
    return t("map.grid.cell", { step: stepTitle(session, cell.step), lane: lane ? laneTitle(lane) : "" });
  }
  const thing = findThing(session.document, id);
  return thing ? titleOf(session, thing) : "";
}
