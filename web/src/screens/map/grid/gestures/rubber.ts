/** Selects the cards that a rectangle touches; with Shift or Ctrl they join those selected before. */

import { touching } from "../../../../core/map/hits";
import { t } from "../../../../state/i18n.svelte";
import { announce } from "../../../../state/live.svelte";
import type { Grid } from "../grid.svelte";
import type { Gesture, Point } from "./gesture";
import type { Marks } from "./marks";

export function rubber(grid: Grid, marks: Marks, start: Point, add: boolean): Gesture {
  const before = add ? [...grid.session.selection] : [];
  let known = "";
  return {
    cursor: "crosshair",
    move(at) {
      const [left, right] = [Math.min(start.x, at.x), Math.max(start.x, at.x)];
      const [top, bottom] = [Math.min(start.y, at.y), Math.max(start.y, at.y)];
      marks.box(left, top, right, bottom);
      const ids = touching(grid.layout, left, top, right, bottom);
      if (ids.join() === known) return;
      known = ids.join();
      grid.session.select([...before, ...ids]);
    },
    drop() {
      marks.clear();
      announce(t("map.said.selected", { n: grid.session.selection.size }));
    },
    cancel() {
      marks.clear();
      grid.session.select(before);
    },
  };
}
