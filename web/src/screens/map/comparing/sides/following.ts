/** Two grids that are scrolled together: what one shows, the other shows too. */

import { alongside } from "../../../../core/map/alongside";
import type { Grid } from "../../grid/grid.svelte";

/** Lets each follow the other; the returned function stops. */
export function follow(one: Grid, other: Grid): () => void {
  const stop = new AbortController();
  /** Where a grid was put by the other one, which is no scroll of its own. */
  const put = new Map<Grid, { x: number; y: number }>();
  const lead = (from: Grid, to: Grid): void => {
    const [a, b, where] = [from.viewport, to.viewport, put.get(from)];
    put.delete(from);
    if (!a || !b || (where && where.x === a.scrollLeft && where.y === a.scrollTop)) return;
    const at = alongside(from.layout, to.layout, a.scrollLeft / from.zoom, a.scrollTop / from.zoom);
    const [x, y] = [b.scrollLeft, b.scrollTop];
    b.scrollTo({ left: at.x * to.zoom, top: at.y * to.zoom, behavior: "instant" });
    if (b.scrollLeft !== x || b.scrollTop !== y) put.set(to, { x: b.scrollLeft, y: b.scrollTop });
  };
  one.viewport?.addEventListener("scroll", () => lead(one, other), { passive: true, signal: stop.signal });
  other.viewport?.addEventListener("scroll", () => lead(other, one), { passive: true, signal: stop.signal });
  return () => stop.abort();
}
