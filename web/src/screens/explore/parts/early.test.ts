import { expect, it } from "vitest";
import { earliestFirst } from "./early";

const pair = (from: string, to: string, n: number) => ({ from, to, n });

it("puts what is left for others before what is come to", () => {
  const pairs = [pair("visit", "basket", 90), pair("basket", "order", 60), pair("basket", "visit", 20), pair("order", "return", 2), pair("order", "order", 99)];
  expect(earliestFirst(["return", "order", "basket", "visit"], pairs, (p) => p.n)).toEqual(["visit", "basket", "order", "return"]);
});
it("keeps the order of those that nothing is known of", () => expect(earliestFirst(["b", "a"], [], () => 1)).toEqual(["b", "a"]));
