/** Which part of the plan an address shows: `/plan`, `/plan/actions`, `/plan/timeline`, `/plan/bets`, or one action. */

import { href } from "../../core/router";
import { asQuery, NOTHING, type Wanted } from "./filtering";

export const VIEWS = ["board", "actions", "timeline", "bets"] as const;
export type View = (typeof VIEWS)[number];

/** The view that is shown, or the action that is. */
export function shownBy([head]: readonly string[]): { view: View; id: null } | { view: null; id: string } {
  if (!head) return { view: "board", id: null };
  const view = VIEWS.find((one) => one !== "board" && one === head);
  return view ? { view, id: null } : { view: null, id: head };
}

/** The way to a view, under the same filters. */
export const wayTo = (view: View, wanted: Wanted = NOTHING): string => href("plan", view === "board" ? [] : [view], asQuery(wanted));
