import { expect, it } from "vitest";
import { gathered } from "./cuts";

it("tells the columns of a flow together and everything else by itself", () => {
  const cuts = [
    { what: "layer:1", kept: 8, total: 10 },
    { what: "layer:2", kept: 8, total: 21 },
    { what: "variants", kept: 20, total: 116 },
    { what: "channels", kept: 8, total: 9 },
  ];
  expect(gathered(cuts)).toEqual([
    { kind: "names", what: "names", kept: 16, total: 31, missing: 15 },
    { kind: "variants", what: "variants", kept: 20, total: 116, missing: 96 },
    { kind: "any", what: "channels", kept: 8, total: 9, missing: 1 },
  ]);
  expect(gathered([])).toEqual([]);
});

it("counts the sequences that are cut, and tells groups of any kind alike", () => {
  const cuts = [
    { what: "variant:0", kept: 200, total: 900 },
    { what: "variant:7", kept: 200, total: 250 },
    { what: "cohorts", kept: 10, total: 12 },
  ];
  expect(gathered(cuts)).toEqual([
    { kind: "lengths", what: "lengths", kept: 0, total: 2, missing: 2 },
    { kind: "groups", what: "groups", kept: 10, total: 12, missing: 2 },
  ]);
});
