import { describe, expect, it } from "vitest";
import { addStep, cancel, dragged, drop, MAX_STEPS, moved, placeAt, pressed, removeStep, stepList, type StepList } from "./steps";

function play(list: StepList, index: number, keys: string[]) {
  let at = index;
  let last = null;
  for (const key of keys) {
    const change = pressed(list, at, key);
    if (!change) continue;
    ({ list, focus: at } = change);
    last = change.said ?? last;
  }
  return { list, at, last };
}

describe("reordering by keyboard", () => {
  it("lifts with Space, moves with arrows, puts down with Space", () => {
    const { list, at, last } = play(stepList(["a", "b", "c"]), 0, [" ", "ArrowDown", "ArrowDown", " "]);
    expect(list.steps).toEqual(["b", "c", "a"]);
    expect(list.carried).toBeNull();
    expect(at).toBe(2);
    expect(last).toEqual({ key: "explore.steps.dropped", params: { name: "a", place: 3, of: 3 } });
  });

  it("gives the old order back on Escape", () => {
    const { list, at } = play(stepList(["a", "b", "c", "d"]), 3, [" ", "Home", "ArrowDown", "Escape"]);
    expect(list.steps).toEqual(["a", "b", "c", "d"]);
    expect(at).toBe(3);
  });

  it("only moves the focus while nothing is carried", () => {
    const { list, at, last } = play(stepList(["a", "b", "c"]), 0, ["ArrowDown", "End", "ArrowUp"]);
    expect(list.steps).toEqual(["a", "b", "c"]);
    expect(at).toBe(1);
    expect(last).toBeNull();
  });

  it("stays within the list and says where the step stands", () => {
    const { list, last } = play(stepList(["a", "b"]), 1, [" ", "ArrowDown", "ArrowDown"]);
    expect(list.steps).toEqual(["a", "b"]);
    expect(last?.params).toEqual({ name: "b", place: 2, of: 2 });
  });

  it("leaves other keys, and Escape with empty hands, alone", () => {
    expect(pressed(stepList(["a"]), 0, "x")).toBeNull();
    expect(pressed(stepList(["a"]), 0, "Escape")).toBeNull();
  });

  it("moves the right one of two steps with the same name", () => {
    const { list } = play(stepList(["a", "b", "a"]), 2, [" ", "ArrowUp", " "]);
    expect(list.steps).toEqual(["a", "a", "b"]);
  });
});

describe("adding and removing", () => {
  it("adds at the end, up to the limit of the question", () => {
    let list = stepList();
    for (let i = 0; i < MAX_STEPS + 5; i++) list = addStep(list, `s${i}`).list;
    expect(list.steps).toHaveLength(32);
    expect(list.steps.at(-1)).toBe("s31");
  });

  it("focuses the neighbour of a removed step", () => {
    expect(removeStep(stepList(["a", "b", "c"]), 1)).toMatchObject({ list: { steps: ["a", "c"] }, focus: 1 });
    expect(removeStep(stepList(["a", "b", "c"]), 2)).toMatchObject({ list: { steps: ["a", "b"] }, focus: 1 });
    expect(removeStep(stepList(["a"]), 0)).toMatchObject({ list: { steps: [] }, focus: -1 });
    expect(removeStep(stepList(["a"]), 7).list.steps).toEqual(["a"]);
  });
});

describe("dragging", () => {
  it("follows the pointer and can be taken back", () => {
    const over = dragged(dragged(stepList(["a", "b", "c"]), 0, 1), 0, 2);
    expect(over.steps).toEqual(["b", "c", "a"]);
    expect(drop(over).list.steps).toEqual(["b", "c", "a"]);
    expect(cancel(over).list.steps).toEqual(["a", "b", "c"]);
  });

  it("reads the place from the middles of the rows", () => {
    expect([-5, 15, 25, 55, 900].map((y) => placeAt(y, [20, 40, 60]))).toEqual([0, 0, 1, 2, 2]);
  });

  it("keeps every step whatever is moved where", () => {
    const steps = ["a", "b", "c", "d"];
    for (let from = -1; from < 6; from++)
      for (let to = -3; to < 8; to++) expect([...moved(steps, from, to)].sort()).toEqual(steps);
  });
});
