/** Saved views: what the screen shows becomes one, and one becomes what the screen shows. */

import type { MapView } from "../../../core/map/document";
import type { MapSession } from "../../../state/mapsession.svelte";

type Look = Omit<MapView, "id" | "name">;

export const lookOf = (session: MapSession): Look => ({
  hidden: [...session.hidden],
  collapsed: [...session.collapsed],
  channels: session.filter.channels,
  tags: session.filter.tags,
  owners: session.filter.owners,
  zoom: session.zoom,
});

export function use(session: MapSession, view: Look): void {
  for (const [set, wanted] of [[session.hidden, view.hidden], [session.collapsed, view.collapsed]] as const) {
    set.clear();
    for (const id of wanted) set.add(id);
  }
  session.filter = { ...session.filter, channels: view.channels, tags: view.tags, owners: view.owners };
  session.zoom = view.zoom;
}

const same = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((one) => b.includes(one));

/** Whether the screen shows just this view. */
export function isShown(session: MapSession, view: Look): boolean {
  const look = lookOf(session);
  return (["hidden", "collapsed", "channels", "tags", "owners"] as const).every((key) => same(look[key], view[key])) && Math.abs(look.zoom - view.zoom) < 0.01;
}
