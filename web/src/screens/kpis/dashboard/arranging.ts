/** Tiles in their order, packed into rows of twelve columns: what a team says is the order and the sizes. */

import type { Tile } from "../../../core/dashboards";

export const COLUMNS = 12;
export const WIDTHS = [3, 4, 6, 12] as const;
export const HEIGHTS = [2, 3] as const;
export type Sized = Pick<Tile, "id" | "width" | "height">;

/** In reading order. */
export const ordered = <T extends Pick<Tile, "column" | "row">>(tiles: readonly T[]): T[] => [...tiles].sort((a, b) => a.row - b.row || a.column - b.column);

/** The same order, each in the first place of its row; a row is as high as its highest tile. */
export function packed<T extends Sized>(tiles: readonly T[]): (T & { column: number; row: number })[] {
  let [column, row, height] = [0, 0, 0];
  return tiles.map((tile) => {
    if (column + tile.width > COLUMNS) {
      row += height;
      [column, height] = [0, 0];
    }
    const placed = { ...tile, column, row };
    column += tile.width;
    height = Math.max(height, tile.height);
    return placed;
  });
}

/** One tile moved to another place in the order; beyond the ends it stays at the end. */
export function moved<T extends { id: string }>(tiles: readonly T[], id: string, to: number): T[] {
  const tile = tiles.find((one) => one.id === id);
  if (!tile) return [...tiles];
  const rest = tiles.filter((one) => one.id !== id);
  const at = Math.min(rest.length, Math.max(0, to));
  return [...rest.slice(0, at), tile, ...rest.slice(at)];
}

/** One tile a step wider or narrower. */
export function resized<T extends Sized>(tiles: readonly T[], id: string, by: 1 | -1): T[] {
  return tiles.map((tile) => {
    if (tile.id !== id) return tile;
    const at = WIDTHS.findIndex((width) => width >= tile.width);
    return { ...tile, width: WIDTHS[Math.min(WIDTHS.length - 1, Math.max(0, at + by))] ?? tile.width };
  });
}

/** A tile of each KPI, as a dashboard that nobody arranged shows them. */
export const usual = (kpis: readonly string[]): Tile[] =>
  packed(kpis.map((kpi) => ({ id: `t-${kpi}`, kpi, column: 0, row: 0, width: 4, height: 2, against: "previous" as const, versus: null, segment: null, chart: "line" as const })));
