import { describe, expect, it } from "vitest";
import { newCard, newLane, newStage, newStep, type JourneyMap } from "./document";
import { stepsShown } from "./planned";

const map = (steps: [string, string, string?][]): JourneyMap =>
  ({
    stages: [newStage("stage", steps.map(([id, name]) => newStep(id, { name })), { name: "Buy" })],
    lanes: [newLane("lane", "touchpoints", { cells: Object.fromEntries(steps.flatMap(([id, , ref]) => (ref ? [[id, [newCard(`c-${id}`, { ref })]]] : []))) })],
  }) as unknown as JourneyMap;

describe("steps of an ideal map", () => {
  it("are those of the same id, else of the same name, else of the same touchpoint", () => {
    const shown = map([["a", "Search"], ["b", "Basket"], ["c", "", "pay"]]);
    const ideal = map([["a", "Look"], ["x", "basket"], ["y", "Payment", "pay"], ["z", "Return", "post"], ["w", ""]]);
    expect([...stepsShown(ideal, shown)]).toEqual([["a", "a"], ["x", "b"], ["y", "c"]]);
  });
});
