import { expect, it } from "vitest";
import { goalOf, grainOf, looking, NO_GOAL, partOf, STAGES, wayTo, written } from "./address";

it("opens the stages unless another part is named", () => {
  expect([partOf([]), partOf(["types"]), partOf(["nonsense"])]).toEqual(["stages", "types", "stages"]);
});

it("reads how many groups are wanted, and what is usual where the address says nothing sensible", () => {
  const asked = (query: string) => looking(new URLSearchParams(query));
  expect(asked("")).toMatchObject({ stages: STAGES, types: null, view: "cards", goal: null });
  expect(asked("stages=auto&types=3&view=matrix")).toMatchObject({ stages: null, types: 3, view: "matrix" });
  expect(asked("stages=13&types=0&view=pie")).toMatchObject({ stages: STAGES, types: null, view: "cards" });
});

it("writes what it reads", () => {
  for (const [asked, usual] of [[null, 5], [7, 5], [5, 5], [null, null], [2, null]] as const) {
    const text = written(asked, usual);
    const read = looking(new URLSearchParams(text === null ? "" : usual === 5 ? { stages: text } : { types: text }));
    expect(usual === 5 ? read.stages : read.types).toBe(asked);
  }
});

it("means the first goal of the definition unless one or none is chosen", () => {
  expect([goalOf(null, ["Order", "Return"]), goalOf("Return", ["Order"]), goalOf(NO_GOAL, ["Order"]), goalOf(null, [])]).toEqual(["Order", "Return", null, null]);
});

it("keeps the people on the way to another part, and leaves the drawer behind", () => {
  const query = new URLSearchParams("channel=web&segment=name:Regulars&drill=x&cell=stage:1");
  expect(wayTo("types", query)).toBe("/discover/types?channel=web&segment=name%3ARegulars");
  expect(wayTo("stages", new URLSearchParams())).toBe("/discover");
  expect([grainOf("personas", "journey"), grainOf("drift", "journey")]).toEqual(["person", "journey"]);
});
