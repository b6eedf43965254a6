/** How a grid that somebody else made becomes a map: which row is what, and what comes of it. */

import type { GridColumns } from "./api";
import { LANE_KINDS, type LaneKind } from "./document";

export const SKIP = "skip";

export interface GridLane {
  row: number;
  title: string;
  kind: LaneKind;
  cells: string[];
}

export interface GridPreview {
  stages: { name: string; steps: string[] }[];
  lanes: GridLane[];
}

/** Kinds a lane of a grid can have: the path is drawn from measurement, and a picture cannot stand in a grid. */
export const GRID_KINDS: readonly LaneKind[] = LANE_KINDS.filter((kind) => kind !== "path" && kind !== "images");

const text = (rows: readonly (readonly string[])[], row: number, column: number): string => (rows[row]?.[column] ?? "").trim();

/** A column as a spreadsheet names it: 0 is A, 26 is AA. */
export function columnName(index: number): string {
  const before = Math.floor(index / 26) - 1;
  return (before >= 0 ? columnName(before) : "") + String.fromCharCode(65 + (index % 26));
}

/** A row in few words: its number and its first texts. */
export const rowLabel = (rows: readonly (readonly string[])[], row: number): string =>
  [String(row + 1), (rows[row] ?? []).filter((cell) => cell.trim()).slice(0, 3).join(", ")].filter(Boolean).join(": ");

/** A start where the server could not guess: stages above, steps below them if two rows are headings, lanes at the left. */
export function start(rows: readonly (readonly string[])[]): GridColumns {
  const first = Math.max(0, rows.findIndex((row) => row.some((cell) => cell.trim())));
  return withLanes(rows, { stage_row: first, step_row: null, lane_column: 0, first_row: first + 1, first_column: 1, lanes: {} });
}

/** Every row from the first one on has a kind: text where nothing is said yet, skip where the row is empty. */
export function withLanes(rows: readonly (readonly string[])[], columns: GridColumns): GridColumns {
  const lanes: Record<string, string> = {};
  for (let row = columns.first_row; row < rows.length; row += 1) {
    const empty = !(rows[row] ?? []).some((cell) => cell.trim());
    lanes[row] = columns.lanes[row] ?? (empty ? SKIP : "text");
  }
  return { ...columns, lanes };
}

/** Puts stages or steps into another row; lanes begin below both. The two are never the same row. */
export function place(rows: readonly (readonly string[])[], columns: GridColumns, what: "stage_row" | "step_row", row: number | null): GridColumns {
  const next = { ...columns, [what]: row } as GridColumns;
  if (next.step_row === next.stage_row) {
    if (what === "stage_row") next.step_row = null;
    else next.stage_row = columns.stage_row === 0 ? 1 : columns.stage_row - 1;
  }
  next.first_row = Math.max(next.stage_row, next.step_row ?? -1) + 1;
  return withLanes(rows, next);
}

/** Takes the names of lanes from another column; the steps begin right of it. */
export const nameLanesFrom = (columns: GridColumns, column: number): GridColumns => ({ ...columns, lane_column: column, first_column: column + 1 });

export const setKind = (columns: GridColumns, row: number, kind: string): GridColumns => ({ ...columns, lanes: { ...columns.lanes, [row]: kind } });

/**
 * What the map will look like. A stage reaches to the next one's name; without a row of steps each column is a stage's step;
 * a row without a name goes on with the lane above if it is of the same kind.
 */
export function preview(rows: readonly (readonly string[])[], columns: GridColumns): GridPreview {
  const used = usedColumns(rows, columns);
  const stages: GridPreview["stages"] = [];
  for (const column of used) {
    const name = text(rows, columns.stage_row, column);
    const step = columns.step_row === null ? "" : text(rows, columns.step_row, column);
    const open = stages.at(-1);
    if (open && (!name || name === open.name)) open.steps.push(step);
    else stages.push({ name, steps: [step] });
  }
  const lanes: GridLane[] = [];
  for (const [key, kind] of Object.entries(columns.lanes)) {
    if (kind === SKIP) continue;
    const row = Number(key);
    const title = text(rows, row, columns.lane_column);
    const cells = used.map((column) => text(rows, row, column));
    const open = lanes.at(-1);
    if (open && !title && open.kind === kind) open.cells = open.cells.map((cell, i) => [cell, cells[i]].filter(Boolean).join("\n"));
    else lanes.push({ row, title, kind: kind as LaneKind, cells });
  }
  return { stages, lanes };
}

/** The columns that hold steps: up to the last one with any text in a row that is used. */
function usedColumns(rows: readonly (readonly string[])[], columns: GridColumns): number[] {
  const kept = [columns.stage_row, columns.step_row, ...Object.entries(columns.lanes).flatMap(([row, kind]) => (kind === SKIP ? [] : [Number(row)]))];
  const last = Math.max(-1, ...kept.flatMap((row) => (row === null ? [] : (rows[row] ?? []).map((cell, i) => (cell.trim() ? i : -1)))));
  return Array.from({ length: Math.max(0, last - columns.first_column + 1) }, (_, i) => columns.first_column + i);
}

/** Why a grid cannot be read as it stands, if it cannot. */
export function hindrance(rows: readonly (readonly string[])[], columns: GridColumns): "no_stages" | "no_lanes" | null {
  const { stages, lanes } = preview(rows, columns);
  if (!stages.some((stage) => stage.name)) return "no_stages";
  return lanes.length ? null : "no_lanes";
}
