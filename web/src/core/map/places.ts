/** Walking the sheet by keys: heads of stages and steps above, names of lanes at the left, cells with their cards between. */

import type { Layout, Placed, Row } from "./layout";

/** Rows above the lanes. */
export const STAGE_ROW = -2;
export const STEP_ROW = -1;
/** The column of the names of lanes. */
export const NAME_COLUMN = -1;

export interface Place {
  /** `STAGE_ROW`, `STEP_ROW`, or which of the lanes shown. */
  row: number;
  /** `NAME_COLUMN`, or which step. */
  column: number;
  /** Which card of its cell, by what is shown of it. */
  item: number;
}

export type Walk = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" | "Home" | "End" | "mod+Home" | "mod+End";
export const WALKS: ReadonlySet<string> = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "mod+Home", "mod+End"]);

/** The id of a cell; ids of things have no colon. */
export const cellId = (lane: string, step: string): string => `${lane}:${step}`;

/** Lane and step of a cell's id; null for the id of a thing. */
export function cellOf(id: string): { lane: string; step: string } | null {
  const colon = id.indexOf(":");
  return colon < 0 ? null : { lane: id.slice(0, colon), step: id.slice(colon + 1) };
}

/** Whether a lane is open and holds cards. */
export const hasCells = (row: Row | undefined): boolean => row !== undefined && !row.folded && row.lane.kind !== "path";

/** The cards that start in a cell, as shown. */
export const cardsAt = (sheet: Layout, row: number, column: number): Placed[] =>
  sheet.rows[row]?.cards.filter((placed) => placed.column === column) ?? [];

const stageAt = (sheet: Layout, column: number) => sheet.stages.find((s) => column >= s.first && column < s.first + s.count);

/** Where every thing stands. */
export function placesOf(sheet: Layout): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const stage of sheet.stages) places.set(stage.id, { row: STAGE_ROW, column: stage.first, item: 0 });
  sheet.columns.forEach((column, at) => places.set(column.id, { row: STEP_ROW, column: at, item: 0 }));
  sheet.rows.forEach((row, at) => {
    places.set(row.lane.id, { row: at, column: NAME_COLUMN, item: 0 });
    let [column, item] = [-1, 0];
    for (const placed of row.cards) {
      item = placed.column === column ? item + 1 : 0;
      column = placed.column;
      places.set(placed.card.id, { row: at, column, item });
    }
  });
  return places;
}

/** Where a thing or a cell stands; null if it is not on the sheet. */
export function placeOf(sheet: Layout, places: ReadonlyMap<string, Place>, id: string): Place | null {
  const cell = cellOf(id);
  if (!cell) return places.get(id) ?? null;
  const row = sheet.rows.findIndex((r) => r.lane.id === cell.lane);
  const column = sheet.columns.findIndex((c) => c.id === cell.step);
  return row < 0 || column < 0 || !hasCells(sheet.rows[row]) ? null : { row, column, item: 0 };
}

/** The id of what stands at a place: of the card, of its empty cell, of the head or the name. */
export function idAt(sheet: Layout, place: Place): string | null {
  if (place.row === STAGE_ROW) return stageAt(sheet, place.column)?.id ?? null;
  if (place.row === STEP_ROW) return sheet.columns[place.column]?.id ?? null;
  const row = sheet.rows[place.row];
  if (!row) return null;
  if (place.column === NAME_COLUMN) return row.lane.id;
  const column = sheet.columns[place.column];
  if (!column || !hasCells(row)) return null;
  const cards = cardsAt(sheet, place.row, place.column);
  return cards[Math.min(place.item, cards.length - 1)]?.card.id ?? cellId(row.lane.id, column.id);
}

/** The next place in a direction; at the edge one stays. `steps`: whether the row of steps is shown. */
export function walk(sheet: Layout, from: Place, key: Walk, steps: boolean): Place {
  const last = sheet.columns.length - 1;
  switch (key) {
    case "ArrowDown":
      return down(sheet, from, steps);
    case "ArrowUp":
      return up(sheet, from, steps);
    case "ArrowRight":
      return sideways(sheet, from, from.row === STAGE_ROW ? nextStage(sheet, from.column) : from.column + 1);
    case "ArrowLeft":
      return sideways(sheet, from, from.row === STAGE_ROW ? stageBefore(sheet, from.column) : from.column - 1);
    case "Home":
      return sideways(sheet, from, 0);
    case "End":
      return sideways(sheet, from, last);
    case "mod+Home":
      return { row: STAGE_ROW, column: 0, item: 0 };
    case "mod+End":
      return up(sheet, { row: sheet.rows.length, column: last, item: 0 }, steps);
  }
}

const nextStage = (sheet: Layout, column: number): number => {
  const stage = stageAt(sheet, column);
  return stage ? stage.first + stage.count : column;
};

const stageBefore = (sheet: Layout, column: number): number => {
  const stage = stageAt(sheet, column);
  return stage && stage.first > 0 ? (stageAt(sheet, stage.first - 1)?.first ?? column) : column;
};

function sideways(sheet: Layout, from: Place, column: number): Place {
  const least = from.row >= 0 ? NAME_COLUMN : 0;
  if (column < least || column >= sheet.columns.length) return from;
  if (column > NAME_COLUMN && from.row >= 0 && !hasCells(sheet.rows[from.row])) return from;
  return { ...from, column };
}

function down(sheet: Layout, from: Place, steps: boolean): Place {
  if (from.row >= 0 && from.column >= 0 && from.item + 1 < cardsAt(sheet, from.row, from.column).length) return { ...from, item: from.item + 1 };
  if (from.row === STAGE_ROW && steps) return { ...from, row: STEP_ROW };
  for (let row = Math.max(0, from.row + 1); row < sheet.rows.length; row++) {
    if (from.column === NAME_COLUMN || hasCells(sheet.rows[row])) return { row, column: from.column, item: 0 };
  }
  return from;
}

function up(sheet: Layout, from: Place, steps: boolean): Place {
  if (from.item > 0) return { ...from, item: from.item - 1 };
  if (from.row === STEP_ROW) return { ...from, row: STAGE_ROW };
  if (from.row === STAGE_ROW) return from;
  for (let row = from.row - 1; row >= 0; row--) {
    if (from.column === NAME_COLUMN) return { row, column: NAME_COLUMN, item: 0 };
    if (hasCells(sheet.rows[row])) return { row, column: from.column, item: Math.max(0, cardsAt(sheet, row, from.column).length - 1) };
  }
  if (from.column === NAME_COLUMN) return from;
  return { row: steps ? STEP_ROW : STAGE_ROW, column: from.column, item: 0 };
}

/** The cards in the rectangle between two places; heads and names alike when both are. */
export function between(sheet: Layout, a: Place, b: Place): string[] {
  const order = (x: number, y: number): [number, number] => (x < y ? [x, y] : [y, x]);
  const [top, bottom] = order(a.row, b.row);
  const [left, right] = order(a.column, b.column);
  if (top === bottom && top === STAGE_ROW) return sheet.stages.filter((s) => s.first >= left && s.first <= right).map((s) => s.id);
  if (top === bottom && top === STEP_ROW) return sheet.columns.slice(left, right + 1).map((c) => c.id);
  if (left === right && left === NAME_COLUMN) return sheet.rows.slice(top, bottom + 1).map((r) => r.lane.id);
  return sheet.rows.slice(Math.max(0, top), bottom + 1).flatMap((row, i) => {
    const at = Math.max(0, top) + i;
    let [column, item] = [-1, 0];
    return row.cards.flatMap((placed) => {
      item = placed.column === column ? item + 1 : 0;
      column = placed.column;
      if (column < left || column > right) return [];
      const [first, final] = a.row <= b.row ? [a, b] : [b, a];
      const sole = top === bottom && left === right;
      const [from, to] = sole ? order(first.item, final.item) : [0, Infinity];
      return at >= top && item >= from && item <= to ? [placed.card.id] : [];
    });
  });
}
