import { describe, expect, it } from "vitest";
import type { CardMatrix, MatrixCell, MatrixRow } from "../../core/personas";
import { against, apart, digits, rowsOf, shareDigits, sign } from "./figures";

const cell = (persona: string, value: number | null): MatrixCell => ({ persona, value, n: 50, low: null, high: null, hidden: null });
const row = (more: Partial<MatrixRow> = {}): MatrixRow => ({
  key: "channels", unit: "share", part: "web", cells: [cell("a", 0.9), cell("b", 0.5), cell("c", 0.45), cell("d", 0.1)],
  differ: [["a", "b"], ["a", "c"], ["a", "d"], ["b", "d"], ["c", "d"]], ...more,
});

describe("figures", () => {
  it("have no more digits than their interval allows", () => {
    expect([digits(55.4, 62.6), digits(191, 240), digits(0.1, 0.4), digits(null, null)]).toEqual([1, 0, 2, 0]);
    expect([shareDigits(0.154, 0.168), shareDigits(0.9976, 1)]).toEqual([0, 1]);
  });

  it("are said to be more or less only where intervals do not overlap", () => {
    expect([against(0.6, 0.5, true), against(0.4, 0.5, true), against(0.6, 0.5, false), against(0.6, null, true)]).toEqual(["more", "less", null, null]);
  });
});

describe("cards side by side", () => {
  const signs = (one: MatrixRow) => one.cells.map((c) => sign(apart(one, c)));
  it("are marked above, between and below by the pairs that lie apart", () => expect(signs(row())).toEqual(["▲", "◆", "◆", "▼"]));
  it("are not marked where intervals overlap, however far the values are", () => expect(signs(row({ differ: [] }))).toEqual(["", "", "", ""]));
  it("name whom they lie apart from", () => expect(apart(row(), cell("b", 0.5))).toEqual({ above: ["d"], below: ["a"] }));

  it("can be cut to the rows that differ, and leave months out", () => {
    const matrix: CardMatrix = { personas: [], overlap: [], rows: [row(), row({ part: "shop", differ: [] }), row({ key: "trend", part: "2026-01" })] };
    expect(rowsOf(matrix, true).map((one) => one.part)).toEqual(["web"]);
    expect(rowsOf(matrix, false).map((one) => one.part)).toEqual(["web", "shop"]);
  });
});
