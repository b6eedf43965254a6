import { describe, expect, it } from "vitest";
import type { Transition } from "../../../../core/types";
import { leftOut, namesOf, placeOf } from "./matrix";

const one = (from: string, to: string, count: number) => ({ from, to, count }) as Transition;
const transitions = [one("visit", "basket", 90), one("basket", "order", 60), one("visit", "visit", 50), one("basket", "visit", 20), one("order", "return", 2)];

describe("the matrix of transitions", () => {
  it("reads from what comes early to what comes late", () => expect(namesOf(transitions)).toEqual(["visit", "basket", "order", "return"]));
  it("keeps those that are met most", () => {
    expect(namesOf(transitions, 2)).toEqual(["visit", "basket"]);
    expect(leftOut(transitions, 2)).toBe(2);
    expect(leftOut(transitions)).toBe(0);
  });
  it("finds the pair that the answer numbers", () => {
    expect(placeOf(transitions, "basket", "visit")).toBe(3);
    expect(placeOf(transitions, "return", "visit")).toBe(-1);
  });
});
