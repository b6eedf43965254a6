/** Walking a grid by arrow keys when cells hold one thing, several or nothing (roving tabindex). */

export interface Place {
  row: number;
  column: number;
  /** Which of several things in the cell. */
  item: number;
}

export type Step = "ArrowLeft" | "ArrowRight" | "ArrowUp" | "ArrowDown" | "Home" | "End" | "mod+Home" | "mod+End";

/** How many things each cell holds: `sizes[row][column]`. */
export type Sizes = readonly (readonly number[])[];

const size = (sizes: Sizes, row: number, column: number): number => sizes[row]?.[column] ?? 0;

/** The next place in the direction; cells that hold nothing are skipped; at the edge one stays. */
export function walk(sizes: Sizes, from: Place, step: Step): Place {
  const columns = Math.max(0, ...sizes.map((r) => r.length));
  switch (step) {
    case "ArrowDown":
      if (from.item + 1 < size(sizes, from.row, from.column)) return { ...from, item: from.item + 1 };
      return vertical(sizes, from, 1);
    case "ArrowUp":
      if (from.item > 0) return { ...from, item: from.item - 1 };
      return vertical(sizes, from, -1);
    case "ArrowRight":
      return horizontal(sizes, from, from.column + 1, 1, columns);
    case "ArrowLeft":
      return horizontal(sizes, from, from.column - 1, -1, columns);
    case "Home":
      return horizontal(sizes, from, 0, 1, columns);
    case "End":
      return horizontal(sizes, from, columns - 1, -1, columns);
    case "mod+Home":
      return edge(sizes, 1) ?? from;
    case "mod+End":
      return edge(sizes, -1) ?? from;
  }
}

function vertical(sizes: Sizes, from: Place, by: 1 | -1): Place {
  for (let row = from.row + by; row >= 0 && row < sizes.length; row += by) {
    const held = size(sizes, row, from.column);
    if (held) return { row, column: from.column, item: by > 0 ? 0 : held - 1 };
  }
  return from;
}

function horizontal(sizes: Sizes, from: Place, start: number, by: 1 | -1, columns: number): Place {
  for (let column = start; column >= 0 && column < columns; column += by) {
    const held = size(sizes, from.row, column);
    if (held) return { row: from.row, column, item: Math.min(from.item, held - 1) };
  }
  return from;
}

function edge(sizes: Sizes, by: 1 | -1): Place | null {
  const cells = sizes.flatMap((r, row) => r.map((held, column) => ({ row, column, held }))).filter((c) => c.held > 0);
  const found = cells.at(by > 0 ? 0 : -1);
  return found ? { row: found.row, column: found.column, item: by > 0 ? 0 : found.held - 1 } : null;
}

/** The same thing after the grid changed: clamped to what is there. */
export function settle(sizes: Sizes, place: Place): Place {
  const held = size(sizes, place.row, place.column);
  if (held) return { ...place, item: Math.min(place.item, held - 1) };
  return edge(sizes, 1) ?? { row: 0, column: 0, item: 0 };
}
