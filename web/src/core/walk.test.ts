import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settle, walk, type Place, type Sizes, type Step } from "./walk";

const SIZES: Sizes = [
  [0, 2, 2, 1],
  [1],
  [0, 0, 3, 1],
];
const at = (row: number, column: number, item = 0): Place => ({ row, column, item });

describe("walking", () => {
  it("goes through the things of a cell before the next cell", () => {
    expect(walk(SIZES, at(0, 2, 0), "ArrowDown")).toEqual(at(0, 2, 1));
    expect(walk(SIZES, at(0, 2, 1), "ArrowDown")).toEqual(at(2, 2, 0));
    expect(walk(SIZES, at(2, 2, 0), "ArrowUp")).toEqual(at(0, 2, 1));
  });

  it("skips cells that hold nothing and stays at the edge", () => {
    expect(walk(SIZES, at(0, 1), "ArrowLeft")).toEqual(at(0, 1));
    expect(walk(SIZES, at(0, 1), "ArrowDown")).toEqual(at(0, 1, 1));
    expect(walk(SIZES, at(0, 1, 1), "ArrowDown")).toEqual(at(0, 1, 1));
    expect(walk(SIZES, at(0, 3), "ArrowRight")).toEqual(at(0, 3));
  });

  it("goes to the ends of the row and of the grid", () => {
    expect(walk(SIZES, at(0, 3), "Home")).toEqual(at(0, 1));
    expect(walk(SIZES, at(0, 1), "End")).toEqual(at(0, 3));
    expect(walk(SIZES, at(0, 1), "mod+End")).toEqual(at(2, 3));
    expect(walk(SIZES, at(2, 3), "mod+Home")).toEqual(at(0, 1));
  });
});

const sizes = fc.array(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 5 }), { minLength: 1, maxLength: 5 });
const steps = fc.constantFrom<Step>("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End", "mod+Home", "mod+End");

it("always ends on something that is there, if anything is", () => {
  fc.assert(
    fc.property(sizes, fc.array(steps, { maxLength: 30 }), (grid, way) => {
      fc.pre(grid.some((r) => r.some((n) => n > 0)));
      let place = settle(grid, at(0, 0));
      for (const step of way) {
        place = walk(grid, place, step);
        expect(place.item).toBeLessThan(grid[place.row]?.[place.column] ?? 0);
      }
    }),
  );
});

it("reaches every row that has something in the column, going down", () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 3 }), { minLength: 1, maxLength: 8 }), (column) => {
      fc.pre(column.some((n) => n > 0));
      const grid = column.map((n) => [n]);
      let place = settle(grid, at(0, 0));
      let visited = 1;
      for (let i = 0; i < 40; i++) {
        const next = walk(grid, place, "ArrowDown");
        if (next.row !== place.row || next.item !== place.item) visited += 1;
        place = next;
      }
      expect(visited).toBe(column.reduce((a, b) => a + b, 0));
    }),
  );
});
