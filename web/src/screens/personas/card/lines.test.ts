import { expect, it } from "vitest";
import { linesOf, textOf } from "./lines";

it("reads one thing per line, each once, and nothing as nothing", () => {
  expect(linesOf(" Save money \n\nNo surprises\nSave money\n")).toEqual(["Save money", "No surprises"]);
  expect(linesOf(" \n ")).toBeNull();
  expect(linesOf("x".repeat(300))?.[0]).toHaveLength(200);
  expect(linesOf(Array.from({ length: 80 }, (_, i) => String(i)).join("\n"))).toHaveLength(50);
});

it("writes back what it reads", () => expect(linesOf(textOf(["a", "b, c"]))).toEqual(["a", "b, c"]));
