import { describe, expect, it } from "vitest";
import { fieldsOf, json } from "./raw";

describe("a raw event", () => {
  it("lists the source's own fields", () => {
    expect(fieldsOf({ name: "x", properties: { city: "Split", items: [1, 2], paid: null } })).toEqual([
      ["city", "Split"], ["items", "[1,2]"], ["paid", "null"],
    ]);
    expect(fieldsOf({ name: "x" })).toEqual([]);
  });

  it("opens properties that came as text, and leaves broken text alone", () => {
    expect(json({ properties: '{"a":1}' })).toBe('{\n  "properties": {\n    "a": 1\n  }\n}');
    expect(fieldsOf({ properties: "{broken" })).toEqual([]);
  });
});
