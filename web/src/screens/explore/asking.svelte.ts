/** What the explore screen asks, read from the address and written back to it. */

import { fromQuery as filtersOf } from "../../core/filters";
import type { Filters } from "../../core/types";
import { router } from "../../state/router.svelte";
import { workspace } from "../../state/workspace.svelte";
import { fromQuery, toQuery, type Asking } from "./query";

export const asking = (): Asking => fromQuery(router.route.query);
export const filters = (): Filters => filtersOf(router.route.query);

/** Asks something else; the address changes in place, so that "back" leaves the screen and not each click. */
export function ask(changes: Partial<Asking>): void {
  router.replaceQuery(toQuery({ ...asking(), ...changes }, router.route.query));
}

/** The query of the address after `changes`, for links. */
export function queryWith(changes: Partial<Asking>): URLSearchParams {
  const query = toQuery({ ...asking(), ...changes }, router.route.query);
  query.delete("drill");
  query.delete("cell");
  return query;
}

/** The names that steps and anchors can have, as the question will be asked. */
export function names(): string[] {
  const known = workspace.dimensions;
  if (!known) return [];
  return asking().byEventName || known.touchpoints.length === 0 ? known.event_names : known.touchpoints;
}
