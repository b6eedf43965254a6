/** What lies under a point of the sheet, and where a thing that is dropped there would go. */

import type { Layout, Placed } from "./layout";
import { cardsAt, hasCells } from "./places";
import { lastBefore } from "./window";

export interface CardSlot {
  lane: string;
  step: string;
  /** Place among the shown cards of the cell without those that are moved, and how many these are. */
  at: number;
  of: number;
  /** The card that comes next; null at the end. */
  before: string | null;
  /** Where the line is drawn. */
  x: number;
  y: number;
  width: number;
}

export interface HeadSlot {
  /** Place among siblings without the moved one. */
  at: number;
  /** The stage it goes to, for steps. */
  stage: string;
  /** Where the line is drawn: x of a column's edge, y of a lane's. */
  line: number;
}

export const columnAt = (sheet: Layout, x: number): number => lastBefore(sheet.columns.length, (i) => sheet.columns[i]?.x ?? 0, x);
export const rowAt = (sheet: Layout, y: number): number => lastBefore(sheet.rows.length, (i) => sheet.rows[i]?.y ?? 0, y);

/** The slot at a place of a cell; null where no cards can be. A place past the last is the end. */
export function slotAt(sheet: Layout, row: number, column: number, at: number, moved: ReadonlySet<string>): CardSlot | null {
  const [lane, step] = [sheet.rows[row], sheet.columns[column]];
  if (!lane || !step || !hasCells(lane)) return null;
  const others = cardsAt(sheet, row, column).filter((placed) => !moved.has(placed.card.id));
  const place = Math.max(0, Math.min(at, others.length));
  const [above, after] = [others[place - 1], others[place]];
  const line = above ? above.y + above.height + 2 : (after?.y ?? lane.drawn + 8) - 4;
  return {
    lane: lane.lane.id, step: step.id, at: place, of: others.length, before: after?.card.id ?? null, x: step.x, y: lane.y + line, width: step.width,
  };
}

/** Where cards would go that are dropped at a point; null where none can be. */
export function cardSlot(sheet: Layout, x: number, y: number, moved: ReadonlySet<string>): CardSlot | null {
  const [row, column] = [rowAt(sheet, y), columnAt(sheet, x)];
  const inside = y - (sheet.rows[row]?.y ?? 0);
  const above = cardsAt(sheet, row, column).filter((p) => !moved.has(p.card.id) && p.y + p.height / 2 < inside);
  return slotAt(sheet, row, column, above.length, moved);
}

/** The slot one step of a key further: through the cell, then to the lane above or below; sideways to the next step. */
export function nextSlot(sheet: Layout, from: CardSlot, key: string, moved: ReadonlySet<string>): CardSlot {
  const row = sheet.rows.findIndex((r) => r.lane.id === from.lane);
  const column = sheet.columns.findIndex((c) => c.id === from.step);
  if (key === "ArrowLeft" || key === "ArrowRight") return slotAt(sheet, row, column + (key === "ArrowRight" ? 1 : -1), from.at, moved) ?? from;
  const by = key === "ArrowDown" ? 1 : -1;
  const inside = from.at + by;
  if (inside >= 0 && inside <= from.of) return slotAt(sheet, row, column, inside, moved) ?? from;
  for (let next = row + by; next >= 0 && next < sheet.rows.length; next += by) {
    const slot = slotAt(sheet, next, column, by > 0 ? 0 : Infinity, moved);
    if (slot) return slot;
  }
  return from;
}

/** Where a step would go: before or after the column whose middle is passed. */
export function stepSlot(sheet: Layout, x: number, moved: string): HeadSlot | null {
  const over = columnAt(sheet, x);
  const column = sheet.columns[over];
  const stage = sheet.stages.find((s) => s.id === column?.stage);
  if (!column || !stage) return null;
  const after = x > column.x + column.width / 2;
  const index = over - stage.first + (after ? 1 : 0);
  const own = sheet.columns.findIndex((c) => c.id === moved) - stage.first;
  return { at: own >= 0 && own < stage.count && own < index ? index - 1 : index, stage: stage.id, line: after ? column.x + column.width : column.x };
}

/** Where a stage would go. */
export function stageSlot(sheet: Layout, x: number, moved: string): HeadSlot | null {
  const own = sheet.stages.findIndex((s) => s.id === moved);
  const over = lastBefore(sheet.stages.length, (i) => sheet.stages[i]?.x ?? 0, x);
  const stage = sheet.stages[over];
  if (!stage) return null;
  const after = x > stage.x + stage.width / 2;
  const index = over + (after ? 1 : 0);
  return { at: own < index ? index - 1 : index, stage: stage.id, line: after ? stage.x + stage.width : stage.x };
}

/** Where a lane would go. `order`: ids of all lanes of the map; hidden ones keep their place. */
export function laneSlot(sheet: Layout, y: number, moved: string, order: readonly string[]): HeadSlot | null {
  const row = sheet.rows[rowAt(sheet, y)];
  if (!row) return null;
  const after = y > row.y + row.height / 2;
  const index = order.indexOf(row.lane.id) + (after ? 1 : 0);
  return { at: order.indexOf(moved) < index ? index - 1 : index, stage: "", line: after ? row.y + row.height : row.y };
}

/** Ids of the cards that touch a rectangle. */
export function touching(sheet: Layout, left: number, top: number, right: number, bottom: number): string[] {
  const touches = (y: number, p: Placed) => p.x < right && p.x + p.width > left && y + p.y < bottom && y + p.y + p.height > top;
  return sheet.rows.flatMap((row) => (row.y < bottom && row.y + row.height > top ? row.cards.filter((p) => touches(row.y, p)).map((p) => p.card.id) : []));
}

/** How many columns a card covers whose right edge is pulled to `x`. */
export function spanAt(sheet: Layout, placed: Placed, x: number): number {
  let span = 1;
  for (let i = placed.column + 1; i < sheet.columns.length; i++) {
    const column = sheet.columns[i];
    if (column && x > column.x + column.width / 2) span = i - placed.column + 1;
  }
  return span;
}

/** The edge between columns nearest to `x`: how many columns stand left of it. */
export function edgeAt(sheet: Layout, x: number): number {
  const over = columnAt(sheet, x);
  const column = sheet.columns[over];
  return column && x > column.x + column.width / 2 ? over + 1 : over;
}
