/** The drawer of people behind a number. It lives in the address, so that it can be shared, reloaded and left by "back". */

import { router } from "./router.svelte";

export interface Drill {
  /** The result's `drilldown`. */
  token: string;
  /** Which number of the result, e.g. `step:2`. */
  cell: string;
  /** What the number counts, as a heading. */
  title?: string;
}

/** Opens the drawer with the people behind a number. */
export function openPeople(drill: Drill): void {
  router.setQuery(
    { drill: drill.token, cell: drill.cell },
    { replace: false, note: { drill: true, title: drill.title ?? "" } },
  );
}

/** Closes it: back if it was opened here, else the address loses it. */
export function closePeople(): void {
  if (router.note?.["drill"]) history.back();
  else router.setQuery({ drill: null, cell: null });
}

/** What the drawer shows, if anything. */
export function drill(): Drill | null {
  const token = router.route.query.get("drill");
  const cell = router.route.query.get("cell");
  const title = router.note?.["title"];
  if (!token || !cell) return null;
  return typeof title === "string" && title ? { token, cell, title } : { token, cell };
}
