import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Condition } from "../../../core/types";
import { added, beside, changed, joined } from "./edit";
import { didRow, fieldRow, group, memberRow, read, toCondition, toForm } from "./form";

describe("forms and conditions", () => {
  it("say in JSON what the sentences say", () => {
    const form = group("all", [
      { ...fieldRow("channel"), value: "web" },
      { ...fieldRow("property.cart.total"), op: ">=", value: "100" },
      { ...didRow("Order"), times: 2, within: "30d", relation: "before", other: "Return" },
      { ...memberRow("Staff"), not: true },
    ]);
    expect(toCondition(form)).toEqual({
      all: [
        { field: "channel", op: "=", value: "web" },
        { field: "property.cart.total", op: ">=", value: "100" },
        { did: "Order", at_least: 2, within: "30d", before: "Return" },
        { not: { segment: "Staff" } },
      ],
    });
  });

  it("wait for a row that is not filled in", () => {
    expect(toCondition(group("all", []))).toBeNull();
    expect(toCondition(group("all", [{ ...fieldRow("channel"), value: "web" }, fieldRow("trait.")]))).toBeNull();
    expect(toCondition(group("any", [didRow("")]))).toBeNull();
    expect(toCondition(group("all", [{ ...didRow("A"), relation: "before" }]))).toBeNull();
  });

  it("say never, exactly and at most", () => {
    const one = (change: object) => toCondition(group("all", [{ ...didRow("A"), ...change }]));
    expect(one({ often: "exactly", times: 0 })).toEqual({ did: "A", at_least: 0, at_most: 0 });
    expect(one({ often: "at_most", times: 3 })).toEqual({ did: "A", at_least: 0, at_most: 3 });
    expect(toForm({ did: "A", at_least: 2, at_most: 5 }).items).toHaveLength(2);
  });
});

const word = fc.stringMatching(/^[A-Za-zżółć ]{1,8}$/).filter((s) => s.trim() === s && s !== "true" && s !== "false");
const leaf: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({ field: fc.constantFrom("channel", "trait.city", "property.a.b"), op: fc.constantFrom("=" as const, "contains" as const), value: word }),
  fc.record({ field: fc.constant("value"), op: fc.constantFrom("<" as const, ">=" as const), value: fc.integer({ min: 0, max: 9999 }).map(String) }),
  fc.record({ field: fc.constant("source"), op: fc.constant("in" as const), value: fc.array(word, { minLength: 1, maxLength: 3 }) }),
  fc.record({ field: fc.constant("trait.x"), op: fc.constantFrom("exists" as const, "missing" as const) }),
  fc.record({ did: word, at_least: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ did: word, at_least: fc.constant(0), at_most: fc.integer({ min: 1, max: 5 }), within: fc.constant("30d"), before: word }),
  fc.record({ segment: word }),
  fc.record({ drilldown: word, cell: word }),
);
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    leaf,
    fc.array(tie("condition"), { minLength: 2, maxLength: 3 }).map((all): Condition => ({ all })),
    fc.array(tie("condition"), { minLength: 2, maxLength: 3 }).map((any): Condition => ({ any })),
    tie("condition").map((not): Condition => ({ not })),
  ),
}));

/** Whether a condition holds, given which leaves hold: the meaning that no detour through a form may change. */
function holds(c: Condition, truth: Map<string, boolean>): boolean {
  if ("all" in c) return c.all.every((one) => holds(one, truth));
  if ("any" in c) return c.any.some((one) => holds(one, truth));
  if ("not" in c) return !holds(c.not, truth);
  return truth.get(JSON.stringify(c)) ?? false;
}
function leaves(c: Condition): string[] {
  if ("all" in c) return c.all.flatMap(leaves);
  if ("any" in c) return c.any.flatMap(leaves);
  return "not" in c ? leaves(c.not) : [JSON.stringify(c)];
}

it("a condition means the same after a detour through the form, whichever of its leaves hold", () => {
  fc.assert(
    fc.property(condition, fc.infiniteStream(fc.boolean()), (before, coins) => {
      const after = toCondition(toForm(before))!;
      expect(new Set(leaves(after))).toEqual(new Set(leaves(before)));
      const truth = new Map(leaves(before).map((one) => [one, coins.next().value as boolean]));
      expect(holds(after, truth)).toBe(holds(before, truth));
    }),
  );
});

it("reads lists with quoted commas", () => {
  expect(read('web, "Łódź, Centrum" ,"a\\"b",')).toEqual(["web", "Łódź, Centrum", 'a"b']);
  expect(read("")).toEqual([]);
});

describe("editing", () => {
  const a = { ...fieldRow("channel"), value: "web" };
  const b = didRow("Order");
  const inner = group("any", [b]);
  const form = group("all", [a, inner]);

  it("reaches items in inner groups and leaves the old form as it was", () => {
    const next = changed(form, b.id, (item) => ({ ...item, times: 3 }) as typeof b);
    expect((next.items[1] as typeof inner).items[0]).toMatchObject({ times: 3 });
    expect(b.times).toBe(1);
    expect(changed(form, inner.id, () => null).items).toEqual([a]);
  });

  it("adds into the group that was asked", () => {
    const c = memberRow("Staff");
    expect((added(form, inner.id, c).items[1] as typeof inner).items).toEqual([b, c]);
    expect(joined(form, inner.id, "none").items[1]).toMatchObject({ join: "none" });
  });

  it("reaches the conditions on an event that was done", () => {
    const where = group("all", [a]);
    const done = group("all", [{ ...b, where }]);
    const wanted: Condition = { did: "Order", at_least: 1, where: { any: [{ field: "channel", op: "=", value: "web" }, { field: "value", op: ">", value: "9" }] } };
    const more = added(joined(done, where.id, "any"), where.id, { ...fieldRow("value"), op: ">", value: "9" });
    expect(toCondition(changed(more, b.id, (item) => ({ ...item, step: "Order" }) as typeof b))).toEqual(wanted);
    expect(toCondition(toForm(wanted))).toEqual(wanted);
  });

  it("knows where the focus goes", () => {
    expect(beside(form, inner.id)).toBe(a.id);
    expect(beside(form, a.id)).toBe(inner.id);
    expect(beside(form, b.id)).toBeNull();
  });
});
