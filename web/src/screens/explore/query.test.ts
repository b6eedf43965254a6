import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ASKING, choices, DIRECTIONS, fromQuery, GRAINS, LABELS, TABS, toQuery, VIEWS, windowParts, type Asking } from "./query";

const name = fc.string({ minLength: 1, maxLength: 12, unit: "binary" });
const asking: fc.Arbitrary<Asking> = fc.record({
  tab: fc.constantFrom(...TABS),
  grain: fc.constantFrom(...GRAINS),
  byEventName: fc.boolean(),
  steps: fc.array(name, { maxLength: 32 }),
  within: fc.option(fc.constantFrom("1d", "90s", "2w")),
  anchor: fc.option(name),
  direction: fc.constantFrom(...DIRECTIONS),
  depth: fc.integer({ min: 2, max: 20 }),
  view: fc.constantFrom(...VIEWS),
  collapse: fc.boolean(),
  by: fc.constantFrom(...LABELS),
  top: fc.integer({ min: 1, max: 1000 }),
  from: name,
  to: name,
  of: fc.constantFrom("touchpoint" as const, "stage" as const),
  split: fc.option(fc.constantFrom("channel" as const, "stage" as const)),
});

describe("the address", () => {
  it("gives back what was asked, whatever the names hold", () => {
    fc.assert(
      fc.property(asking, (a) => {
        expect(fromQuery(new URLSearchParams(toQuery(a).toString()))).toEqual(a);
      }),
    );
  });

  it("is empty for what the screen starts with", () => {
    expect(toQuery(ASKING).toString()).toBe("");
  });

  it("keeps the filters and replaces its own keys", () => {
    const before = new URLSearchParams("channel=web&channel=post&step=old&tab=variants");
    expect(toQuery({ ...ASKING, steps: ["a", "b"] }, before).toString()).toBe("channel=web&channel=post&step=a&step=b");
  });

  it("survives nonsense", () => {
    expect(fromQuery(new URLSearchParams("tab=x&grain=y&depth=99&top=abc&direction=&split=no"))).toEqual({ ...ASKING, depth: 20 });
  });
});

describe("windows", () => {
  it("reads amount and unit", () => {
    expect(windowParts("7d")).toEqual({ amount: 7, unit: "d" });
    expect(windowParts("1.5h")).toEqual({ amount: 1.5, unit: "h" });
    expect([null, "", "7", "d7", "7 days"].map(windowParts)).toEqual([null, null, null, null, null]);
  });
});

it("offers the number in use beside the usual ones", () => {
  expect(choices([10, 20, 50], 33)).toEqual([10, 20, 33, 50]);
  expect(choices([10, 20, 50], 20)).toEqual([10, 20, 50]);
});
