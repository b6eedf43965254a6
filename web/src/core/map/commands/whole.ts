/** What holds of a whole map, beyond the shape of its parts. */

import { type JourneyMap } from "../document";
import { checkCard, checkNew, checkSteps } from "./contents";
import { Refused } from "./refused";

/** The map, if every id stands once, every named step exists and every card suits its lane. */
export function whole(map: JourneyMap): JourneyMap {
  const ids = [
    ...map.stages.flatMap((stage) => [stage.id, ...stage.steps.map((step) => step.id)]),
    ...map.lanes.flatMap((lane) => [lane.id, ...Object.values(lane.cells).flatMap((cards) => cards.map((card) => card.id))]),
    ...map.paths.map((path) => path.id),
    ...map.views.map((view) => view.id),
  ];
  try {
    checkNew({ ...map, stages: [], lanes: [], paths: [], views: [] }, ids);
    for (const path of map.paths) checkSteps(map, path.steps);
    for (const lane of map.lanes) {
      checkSteps(map, Object.keys(lane.cells));
      for (const cards of Object.values(lane.cells)) for (const card of cards) checkCard(lane, card);
    }
  } catch (error) {
    throw error instanceof Refused ? new Refused("bad_shape", "document") : error;
  }
  return map;
}
