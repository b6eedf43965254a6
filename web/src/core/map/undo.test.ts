import { expect, it } from "vitest";
import type { Entry } from "./api";
import { History } from "./undo";

const entry = (version: number, names: string[]): Entry => ({
  version, id: `entry-${version}`, at: "2026-11-22T08:00:00Z", author: "ana", undoes: null,
  commands: names.map((name) => ({ do: name })), inverse: names.map((name) => ({ do: name })),
});

it("offers no version to undo that changed nothing: the first one, and those that only keep a label", () => {
  const history = new History(0);
  for (const one of [entry(1, []), entry(2, ["card.set"]), entry(3, [])]) history.add(one);
  expect(history.stacks([]).undo.map((one) => one.id)).toEqual(["entry-2"]);
});
