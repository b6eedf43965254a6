/** How measured figures are read: their digits, how two compare, and which lie apart. */

import type { CardMatrix, MatrixCell, MatrixRow } from "../../core/personas";

/** Decimals that an interval allows: the first that differs between its ends. */
export function digits(low: number | null, high: number | null): number {
  if (low === null || high === null) return 0;
  const width = Math.abs(high - low);
  return width >= 10 ? 0 : width >= 1 ? 1 : 2;
}

/** Decimals of a percentage, by the width of its interval in shares. */
export const shareDigits = (low: number | null, high: number | null): number => (low !== null && high !== null && high - low < 0.01 ? 1 : 0);

/** Only where the intervals do not overlap is one said to be more. */
export function against(value: number | null, everyone: number | null, differs: boolean | null): "more" | "less" | null {
  if (differs !== true || value === null || everyone === null || value === everyone) return null;
  return value > everyone ? "more" : "less";
}

export interface Apart {
  /** Ids of cards with less, and with more, whose intervals do not overlap with this one's. */
  above: string[];
  below: string[];
}

/** Of a cell, the cards that it lies apart from. */
export function apart(row: MatrixRow, cell: MatrixCell): Apart {
  const others = row.differ.flatMap(([a, b]) => (a === cell.persona ? [b] : b === cell.persona ? [a] : []));
  const valueOf = (id: string) => row.cells.find((one) => one.persona === id)?.value ?? null;
  const lies = (higher: boolean) =>
    others.filter((id) => {
      const other = valueOf(id);
      return cell.value !== null && other !== null && (higher ? cell.value > other : cell.value < other);
    });
  return { above: lies(true), below: lies(false) };
}

/** Above all that it lies apart from, below them, or between. */
export const sign = ({ above, below }: Apart): "▲" | "▼" | "◆" | "" => (above.length && below.length ? "◆" : above.length ? "▲" : below.length ? "▼" : "");

/** Rows with a figure; `differing`: only those with cards that lie apart. Months are for the card's own page. */
export const rowsOf = (matrix: CardMatrix, differing: boolean): MatrixRow[] =>
  matrix.rows.filter((row) => row.key !== "trend" && (differing ? row.differ.length > 0 : row.cells.some((cell) => cell.value !== null || cell.hidden !== null)));

export interface Size {
  people: number | null;
  share: MatrixCell | null;
}

/** How many people each card stands for, by its id. */
export function sizes(matrix: CardMatrix): Map<string, Size> {
  const shares = matrix.rows.find((row) => row.key === "share");
  return new Map(matrix.personas.map((card) => [card.id, { people: card.people, share: shares?.cells.find((cell) => cell.persona === card.id && cell.value !== null) ?? null }]));
}
