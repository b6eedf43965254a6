/** Drags steps, stages and lanes by their heads. */

import type { Command } from "../../../../core/map/api";
import { laneSlot, stageSlot, stepSlot, type HeadSlot } from "../../../../core/map/hits";
import { announce } from "../../../../state/live.svelte";
import type { Grid } from "../grid.svelte";
import { whereabouts } from "../words";
import type { Gesture, Point } from "./gesture";
import type { Marks } from "./marks";

export type HeadKind = "stage" | "step" | "lane";

export function dragHead(grid: Grid, marks: Marks, kind: HeadKind, id: string, start: Point): Gesture {
  const source = grid.element(id);
  const box = source?.getBoundingClientRect();
  const grip = { x: start.clientX - (box?.left ?? 0), y: start.clientY - (box?.top ?? 0) };
  const lifted = source ? [source] : [];
  const lanes = grid.session.document.lanes.map((lane) => lane.id);
  grid.session.select([id]);
  marks.lift(lifted, grid.zoom, 1);
  let slot: HeadSlot | null = null;
  const find = (at: Point): HeadSlot | null =>
    kind === "lane" ? laneSlot(grid.layout, at.y, id, lanes) : kind === "step" ? stepSlot(grid.layout, at.x, id) : stageSlot(grid.layout, at.x, id);
  return {
    cursor: "grabbing",
    move(at) {
      marks.carry(at.clientX - grip.x, at.clientY - grip.y);
      slot = find(at);
      if (!slot) marks.noLine();
      else if (kind === "lane") marks.line(0, slot.line - 1, grid.layout.width, 2);
      else marks.line(slot.line - 1, 0, 2, grid.layout.height);
    },
    drop() {
      marks.clear(lifted);
      const command: Command | null = slot && { do: `${kind}.move`, id, at: slot.at, ...(kind === "step" ? { stage: slot.stage } : {}) };
      if (!command || unchanged(grid, kind, id, slot) || !grid.session.run(command)) return void grid.go(id);
      announce(whereabouts(grid.session, id, { card: "map.said.moved", other: "map.said.moved_other" }));
      void grid.go(id);
    },
    cancel: () => marks.clear(lifted),
  };
}

function unchanged(grid: Grid, kind: HeadKind, id: string, slot: HeadSlot | null): boolean {
  const thing = grid.thing(id);
  return thing === null || !slot || (thing.kind !== "card" && thing.index === slot.at && (kind !== "step" || (thing.kind === "step" && thing.stage.id === slot.stage)));
}
