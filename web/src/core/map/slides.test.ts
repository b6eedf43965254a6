import { describe, expect, it } from "vitest";
import { newCard, newLane, newStage, newStep, type JourneyMap } from "./document";
import { cardsOf, hasStory, slidesOf, walked } from "./slides";

const image = { sha256: "0".repeat(64), alt: "", width: 8, height: 6 };
const actions = newLane("l1", "actions", { cells: { a: [newCard("c1", { span: 2 }), newCard("c2")], c: [newCard("c3")] } });
const pictures = newLane("l2", "images", { cells: { b: [newCard("i1", { image }), newCard("i2")], c: [newCard("i3", { image })] } });
const map = {
  stages: [newStage("s1", [newStep("a")]), newStage("s2", [newStep("b"), newStep("c")])],
  lanes: [actions, pictures],
} as unknown as JourneyMap;

describe("slides", () => {
  it("are the title and every stage", () => {
    expect(slidesOf(map, "stages").map((slide) => (slide.kind === "stage" ? slide.stage.id : slide.kind))).toEqual(["title", "s1", "s2"]);
  });

  it("of a storyboard are its pictures in order, empty cards left out", () => {
    expect(slidesOf(map, "story").map((slide) => (slide.kind === "picture" ? `${slide.step.id}:${slide.card.id}` : slide.kind))).toEqual(["title", "b:i1", "c:i3"]);
    expect(hasStory(map)).toBe(true);
    expect(hasStory({ ...map, lanes: [actions] })).toBe(false);
  });

  it("show the cards of their steps, and those that reach into them", () => {
    const steps = (index: number) => map.stages[index]?.steps ?? [];
    expect(cardsOf(map, actions, steps(0)).map((card) => card.id)).toEqual(["c1", "c2"]);
    expect(cardsOf(map, actions, steps(1)).map((card) => card.id)).toEqual(["c1", "c3"]);
  });
});

describe("walking", () => {
  it.each([
    [0, "ArrowRight", false, 1],
    [0, " ", false, 1],
    [1, " ", true, 0],
    [2, "ArrowRight", false, 2],
    [0, "PageUp", false, 0],
    [1, "End", false, 2],
    [2, "Home", false, 0],
    [1, "x", false, null],
  ])("from %d by %j (shift %s) leads to %s", (at, key, shift, to) => expect(walked(at, 3, key, shift)).toBe(to));
});
