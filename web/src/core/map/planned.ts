/** Which step of an ideal map is which step of the map that is shown. */

import type { JourneyMap, Step } from "./document";
import { stepsOf } from "./document";

/** Ids of touchpoint items over each step. */
function touchpoints(map: JourneyMap): Map<string, Set<string>> {
  const order = stepsOf(map).map((step) => step.id);
  const found = new Map(order.map((id) => [id, new Set<string>()]));
  for (const lane of map.lanes.filter((one) => one.kind === "touchpoints")) {
    order.forEach((step, at) => {
      for (const card of lane.cells[step] ?? []) {
        if (card.ref !== null) for (const covered of order.slice(at, at + card.span)) found.get(covered)?.add(card.ref);
      }
    });
  }
  return found;
}

/**
 * Steps of the ideal map by the step of the shown map that they are: the one with the same id, else of the same name, else
 * the first that shares a touchpoint. Several planned steps may fall on one that is shown.
 */
export function stepsShown(ideal: JourneyMap, shown: JourneyMap): Map<string, string> {
  const here = stepsOf(shown);
  const ids = new Set(here.map((step) => step.id));
  const names = new Map(here.filter((step) => step.name).map((step) => [step.name.toLocaleLowerCase(), step.id]));
  const [planned, met] = [touchpoints(ideal), touchpoints(shown)];
  const sharing = (step: Step): string | undefined => here.find(({ id }) => [...(met.get(id) ?? [])].some((item) => planned.get(step.id)?.has(item)))?.id;
  const pairs = stepsOf(ideal).map((step): [string, string | undefined] => [step.id, ids.has(step.id) ? step.id : (names.get(step.name.toLocaleLowerCase()) ?? sharing(step))]);
  return new Map(pairs.filter((pair): pair is [string, string] => pair[1] !== undefined));
}
