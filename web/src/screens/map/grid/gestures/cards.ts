/** Drags cards within and between cells. */

import { cardSlot, type CardSlot } from "../../../../core/map/hits";
import { moveTo } from "../doing";
import type { Grid } from "../grid.svelte";
import type { Gesture, Point } from "./gesture";
import type { Marks } from "./marks";

export function dragCards(grid: Grid, marks: Marks, id: string, start: Point): Gesture {
  const { session } = grid;
  if (!session.selection.has(id)) session.select([id]);
  const ids = new Set([...session.selection].filter((one) => grid.thing(one)?.kind === "card"));
  const source = grid.element(id);
  const others = [...ids].filter((one) => one !== id).flatMap((one) => grid.element(one) ?? []);
  const lifted = source ? [source, ...others] : others;
  const box = source?.getBoundingClientRect();
  const grip = { x: start.clientX - (box?.left ?? 0), y: start.clientY - (box?.top ?? 0) };
  marks.lift(lifted, grid.zoom, ids.size);
  let slot: CardSlot | null = null;
  return {
    cursor: "grabbing",
    move(at) {
      marks.carry(at.clientX - grip.x, at.clientY - grip.y);
      slot = cardSlot(grid.layout, at.x, at.y, ids);
      if (slot) marks.line(slot.x + 8, slot.y, slot.width - 16, 2);
      else marks.noLine();
    },
    drop() {
      marks.clear(lifted);
      if (slot) moveTo(grid, ids, id, slot);
    },
    cancel: () => marks.clear(lifted),
  };
}
