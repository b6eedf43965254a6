/** Where everything on the sheet stands, in its own pixels before zoom: columns of steps, rows of lanes, cards in between. */

import type { Card, JourneyMap, Lane } from "./document";

/** Of the names of lanes, with the gutter of the page before them. */
export const NAMES_WIDTH = 184;
export const LEAST_COLUMN = 196;
export const MOST_COLUMN = 440;
export const GAP = 6;
export const PAD = 8;
/** Room under the cards of a cell, where one more can be put. */
export const FOOT = 20;
export const FOLDED = 30;
export const LEAST_LANE = 64;

export interface Column {
  id: string;
  stage: string;
  x: number;
  width: number;
}

export interface StageSpan {
  id: string;
  /** Index of its first column. */
  first: number;
  count: number;
  x: number;
  width: number;
}

export interface Placed {
  card: Card;
  lane: string;
  step: string;
  column: number;
  /** How many columns it covers; cut at the last. */
  span: number;
  /** Place in its cell. */
  index: number;
  x: number;
  /** From the top of its lane. */
  y: number;
  width: number;
  height: number;
}

export interface Row {
  lane: Lane;
  y: number;
  height: number;
  folded: boolean;
  /** Height of what is drawn across all columns above the cards. */
  drawn: number;
  /** By column, then from top to bottom. */
  cards: readonly Placed[];
}

export interface Layout {
  columns: readonly Column[];
  stages: readonly StageSpan[];
  rows: readonly Row[];
  width: number;
  height: number;
}

export interface Wishes {
  /** Room for all columns together; those without a width of their own share it. */
  room: number;
  /** Height of a card at a width. */
  height: (card: Card, lane: Lane, width: number) => number;
  /** Height of what a lane draws across all columns. */
  drawn: (lane: Lane) => number;
  folded: (lane: string) => boolean;
  hidden: (lane: string) => boolean;
  /** Cards that are left out. */
  shows: (card: Card, lane: Lane) => boolean;
}

/** Columns from left to right. Steps without a width share what is left of the room, within limits. */
export function columnsOf(map: JourneyMap, room: number): Column[] {
  const steps = map.stages.flatMap((stage) => stage.steps.map((step) => ({ step, stage: stage.id })));
  const fixed = steps.reduce((sum, { step }) => sum + (step.width ?? 0), 0);
  const free = steps.filter(({ step }) => step.width === null).length;
  const auto = Math.floor(Math.min(MOST_COLUMN, Math.max(LEAST_COLUMN, (room - fixed) / Math.max(1, free))));
  let x = 0;
  return steps.map(({ step, stage }) => {
    const column = { id: step.id, stage, x, width: step.width ?? auto };
    x += column.width;
    return column;
  });
}

/** The columns of each stage. */
export function spansOf(map: JourneyMap, columns: readonly Column[]): StageSpan[] {
  let first = 0;
  return map.stages.map((stage) => {
    const mine = columns.slice(first, first + stage.steps.length);
    const [from, to] = [mine[0], mine.at(-1)];
    const span = { id: stage.id, first, count: mine.length, x: from?.x ?? 0, width: from && to ? to.x + to.width - from.x : 0 };
    first += mine.length;
    return span;
  });
}

/** The cards of a lane, each below those it would lie on. */
function place(lane: Lane, columns: readonly Column[], drawn: number, wishes: Wishes): { cards: Placed[]; bottom: number } {
  const floors = new Array<number>(columns.length).fill(drawn + PAD);
  const cards: Placed[] = [];
  columns.forEach((column, at) => {
    lane.cells[column.id]?.forEach((card, index) => {
      if (!wishes.shows(card, lane)) return;
      const span = Math.min(card.span, columns.length - at);
      const last = columns[at + span - 1] ?? column;
      const width = last.x + last.width - column.x - 2 * PAD;
      const height = wishes.height(card, lane, width);
      const y = Math.max(...floors.slice(at, at + span));
      for (let covered = at; covered < at + span; covered++) floors[covered] = y + height + GAP;
      cards.push({ card, lane: lane.id, step: column.id, column: at, span, index, x: column.x + PAD, y, width, height });
    });
  });
  return { cards, bottom: Math.max(drawn + PAD, ...floors) };
}

/** The whole sheet. Lanes stand below one another in their order; `y` 0 is under the heads. */
export function layout(map: JourneyMap, wishes: Wishes): Layout {
  const columns = columnsOf(map, wishes.room);
  let y = 0;
  const rows = map.lanes.filter((lane) => !wishes.hidden(lane.id)).map((lane): Row => {
    const folded = wishes.folded(lane.id);
    const drawn = folded ? 0 : wishes.drawn(lane);
    const { cards, bottom } = folded ? { cards: [], bottom: 0 } : place(lane, columns, drawn, wishes);
    const height = folded ? FOLDED : Math.ceil(Math.max(LEAST_LANE, lane.height ?? 0, lane.kind === "path" ? drawn : bottom + FOOT));
    const row = { lane, y, height, folded, drawn, cards };
    y += height;
    return row;
  });
  const last = columns.at(-1);
  return { columns, stages: spansOf(map, columns), rows, width: last ? last.x + last.width : 0, height: y };
}

/** A guess of a card's height until it has been seen: about 7 px a letter, 20 px a line. */
export function guessHeight(card: Card, lane: Lane, width: number): number {
  const letters = Math.max(8, (width - 24) / 7);
  const lines = card.text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / letters)), 0);
  const picture = card.image ? Math.min(220, ((width - 2) * card.image.height) / card.image.width) + 8 : 0;
  const figure = card.bind || lane.kind === "touchpoints" || lane.kind === "metrics" ? 20 : 0;
  return 16 + 20 * lines + picture + figure;
}
