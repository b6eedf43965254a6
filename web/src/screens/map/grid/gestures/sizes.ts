/** Pulls an edge: how many columns a card covers, a step's width, a lane's height, the border between two stages. */

import { edgeAt, spanAt } from "../../../../core/map/hits";
import { moveEdge } from "../../../../core/map/moves";
import { t } from "../../../../state/i18n.svelte";
import { sized } from "../doing";
import type { Grid } from "../grid.svelte";
import type { Gesture } from "./gesture";
import type { Marks } from "./marks";

export function pullSpan(grid: Grid, marks: Marks, id: string): Gesture | null {
  const place = grid.places.get(id);
  const row = grid.layout.rows[place?.row ?? -1];
  const placed = row?.cards.find((p) => p.card.id === id);
  if (!row || !placed) return null;
  let span = placed.span;
  return {
    cursor: "ew-resize",
    move(at) {
      span = spanAt(grid.layout, placed, at.x);
      const last = grid.layout.columns[placed.column + span - 1];
      marks.box(placed.x, row.y + placed.y, (last ? last.x + last.width : placed.x + placed.width) - 8, row.y + placed.y + placed.height);
    },
    drop() {
      marks.clear();
      if (span !== placed.card.span) sized(grid, "card", id, { span }, t("map.said.span", { n: span }));
    },
    cancel: () => marks.clear(),
  };
}

export function pullWidth(grid: Grid, marks: Marks, id: string): Gesture | null {
  const column = grid.layout.columns.find((c) => c.id === id);
  if (!column) return null;
  let width = column.width;
  return {
    cursor: "col-resize",
    move(at) {
      width = Math.round(Math.max(80, Math.min(1200, at.x - column.x)) / 4) * 4;
      marks.line(column.x + width - 1, 0, 2, grid.layout.height);
    },
    drop() {
      marks.clear();
      if (width !== column.width) sized(grid, "step", id, { width }, t("map.said.pixels", { n: width }));
    },
    cancel: () => marks.clear(),
  };
}

export function pullHeight(grid: Grid, marks: Marks, id: string): Gesture | null {
  const row = grid.layout.rows.find((r) => r.lane.id === id);
  if (!row) return null;
  let height = row.height;
  return {
    cursor: "row-resize",
    move(at) {
      height = Math.round(Math.max(56, Math.min(2000, at.y - row.y)) / 4) * 4;
      marks.line(0, row.y + height - 1, grid.layout.width, 2);
    },
    drop() {
      marks.clear();
      if (height !== row.height) sized(grid, "lane", id, { height }, t("map.said.pixels", { n: height }));
    },
    cancel: () => marks.clear(),
  };
}

/** Into its own steps a stage is split there; over those of the next, they join it. */
export function pullEdge(grid: Grid, marks: Marks, id: string): Gesture {
  let columns = -1;
  return {
    cursor: "col-resize",
    move(at) {
      columns = edgeAt(grid.layout, at.x);
      const before = grid.layout.columns[columns - 1];
      marks.line((before ? before.x + before.width : 0) - 1, 0, 2, grid.layout.height);
    },
    drop() {
      marks.clear();
      const commands = moveEdge(grid.session.document, id, columns, () => grid.session.newId(), grid.layout.columns[columns] ? nameAt(grid, columns) : "");
      if (commands.length) grid.session.run(commands, { announce: t("map.said.edge_moved") });
    },
    cancel: () => marks.clear(),
  };
}

function nameAt(grid: Grid, column: number): string {
  const thing = grid.thing(grid.layout.columns[column]?.id ?? null);
  return thing?.kind === "step" ? thing.step.name : "";
}
