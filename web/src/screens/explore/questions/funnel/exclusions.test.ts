import { expect, it } from "vitest";
import { gaps, placed, placeOf } from "./exclusions";

it("has a gap between neighbours", () => {
  expect(gaps(3)).toEqual(["1-2", "2-3"]);
  expect(gaps(0)).toEqual([]);
});
it("writes and reads the gap of an exclusion", () => {
  expect(placed("Return", "2-3")).toEqual({ name: "Return", after: 2, before: 3 });
  expect(placed("Return", "")).toBe("Return");
  for (const gap of ["", "1-2"]) expect(placeOf(placed("Return", gap))).toBe(gap);
});
