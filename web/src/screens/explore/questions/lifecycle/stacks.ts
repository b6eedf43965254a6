/** The periods of a life cycle as bars with a sign: those who are there upwards, those who went quiet downwards. */

import type { LifecyclePeriod } from "../../../../core/types";

/** From the base upwards; dormant hangs below. */
export const STATES = ["returning", "resurrecting", "new", "dormant"] as const;
export type State = (typeof STATES)[number];

export interface Segment {
  state: State;
  people: number;
  /** Lower and upper end on the axis. */
  from: number;
  to: number;
}

export function segments(period: LifecyclePeriod): Segment[] {
  let top = 0;
  return STATES.map((state) => {
    const people = period[state] ?? 0;
    if (state === "dormant") return { state, people, from: -people, to: 0 };
    top += people;
    return { state, people, from: top - people, to: top };
  });
}

/** The ends of the axis that hold all periods. */
export function extent(periods: readonly LifecyclePeriod[]): [number, number] {
  const all = periods.flatMap(segments);
  return [Math.min(0, ...all.map((s) => s.from)), Math.max(1, ...all.map((s) => s.to))];
}

/** The last period that is over, else the last. */
export const newest = (periods: readonly LifecyclePeriod[]): LifecyclePeriod | undefined => periods.findLast((period) => period.mature) ?? periods.at(-1);

/** Those who were there in a period. */
export const active = (period: LifecyclePeriod): number => period.new + period.returning + period.resurrecting;
