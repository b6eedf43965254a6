import { describe, expect, it } from "vitest";
import { onward, type Mark } from "./marks";

const at = (key: string, x: number, y: number): Mark => ({ key, x, y, width: 10, height: 10, label: key, drill: null });

/** Two columns of stacked bars, 100 apart, and one below the base of the second. */
const marks = [at("a1", 0, 50), at("a2", 0, 20), at("b1", 100, 60), at("b2", 100, 10), at("b3", 100, 120)];

describe("walking between marks", () => {
  it.each([
    ["a1", "ArrowUp", "a2"],
    ["a2", "ArrowDown", "a1"],
    ["a1", "ArrowRight", "b1"],
    ["a2", "ArrowRight", "b2"],
    ["b3", "ArrowLeft", "a1"],
    ["b1", "ArrowDown", "b3"],
    ["b2", "Home", "a1"],
    ["a1", "End", "b3"],
  ])("from %s by %s comes to %s", (from, key, to) => expect(onward(marks, from, key)).toBe(to));

  it.each(["ArrowLeft", "ArrowDown"])("stays at the edge (%s)", (key) => expect(onward(marks, "a1", key)).toBe("a1"));
  it("starts at the first if the one in focus is gone", () => expect(onward(marks, "zz", "ArrowUp")).toBe("a1"));
});
