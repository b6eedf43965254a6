/** The people of a card, or of a part of one of its traits, in the address: `who=*`, or the condition that holds for them too. */

import { router } from "../../../state/router.svelte";

const ALL = "*";

/** Opens the drawer with the people for whom a condition holds; null: all of them. */
export function openWho(where: string | null, title: string): void {
  router.setQuery({ who: where ?? ALL }, { replace: false, note: { who: true, title } });
}

export function closeWho(): void {
  if (router.note?.["who"]) history.back();
  else router.setQuery({ who: null });
}

export interface Who {
  where: string | null;
  title: string | null;
}

/** Whom the drawer shows, if anybody. */
export function who(): Who | null {
  const asked = router.route.query.get("who");
  const title = router.note?.["title"];
  return asked ? { where: asked === ALL ? null : asked, title: typeof title === "string" && title ? title : null } : null;
}
