import { expect, it } from "vitest";
import { newCard, newLane } from "./document";
import { measuredAt } from "./spoken";

const library = new Map([
  ["basket", { name: "Basket", measures: ["cart_view", "cart_edit"] }],
  ["till", { name: "Till", measures: [] }],
]);

it("names what measures the touchpoints of a step, each once", () => {
  const lanes = [
    newLane("t", "touchpoints", { cells: { s1: [newCard("a", { ref: "basket" }), newCard("b", { ref: "till" }), newCard("c", { ref: "basket" })], s2: [newCard("d", { ref: "till" })] } }),
    newLane("x", "thoughts", { cells: { s1: [newCard("e", { ref: "till" })] } }),
  ];
  expect(measuredAt({ lanes }, library, "s1")).toEqual(["cart_view", "cart_edit", "Till"]);
  expect(measuredAt({ lanes }, library, "s2")).toEqual(["Till"]);
  expect(measuredAt({ lanes }, library, "nowhere")).toEqual([]);
});

it("leaves out cards of items that are not there", () => {
  expect(measuredAt({ lanes: [newLane("t", "touchpoints", { cells: { s: [newCard("a", { ref: "gone" }), newCard("b")] } })] }, library, "s")).toEqual([]);
});
