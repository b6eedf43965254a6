/** The questions that the tabs put to the server; null while something needed is missing. */

import type * as T from "../../core/types";
import type { Asking } from "./query";

function shared(asking: Asking, filters: T.Filters): Required<T.Asked> {
  return { grain: asking.grain, by_event_name: asking.byEventName, filters };
}

export function funnelRequest(asking: Asking, filters: T.Filters): T.FunnelRequest | null {
  const { steps, within } = asking;
  return steps.length ? { ...shared(asking, filters), steps, within } : null;
}

export function pathsRequest(asking: Asking, filters: T.Filters): T.PathsRequest | null {
  const { anchor, direction, depth, collapse } = asking;
  return anchor ? { ...shared(asking, filters), anchor, direction, depth, collapse } : null;
}

export function variantsRequest(asking: Asking, filters: T.Filters): T.VariantsRequest {
  const { top, collapse, by } = asking;
  return { ...shared(asking, filters), top, collapse, by };
}

export function transitionsRequest(asking: Asking, filters: T.Filters): T.TransitionsRequest {
  const { top, collapse } = asking;
  return { ...shared(asking, filters), top, collapse };
}

export function durationsRequest(asking: Asking, filters: T.Filters): T.DurationsRequest {
  const { from, to, of, split } = asking;
  return { ...shared(asking, filters), from, to, of, by: split };
}
