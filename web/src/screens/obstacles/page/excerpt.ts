/** A few events around an obstacle, out of a whole timeline. */

import type { TimelineEvent } from "../../../core/types";

/** In the order of time: some events before a touchpoint's first one since a moment, and some after it; the last ones where it is not there. */
export function excerpt(newestFirst: readonly TimelineEvent[], touchpoint: string, since: string | null, around = 3): TimelineEvent[] {
  const events = [...newestFirst].reverse();
  const is = (event: TimelineEvent): boolean => (event.touchpoint ?? event.name) === touchpoint;
  const met = events.findIndex((event) => is(event) && (since === null || event.time >= since));
  const at = met >= 0 ? met : events.findIndex(is);
  return at < 0 ? events.slice(-2 * around - 1) : events.slice(Math.max(0, at - around), at + around + 1);
}
