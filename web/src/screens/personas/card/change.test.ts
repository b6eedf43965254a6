import { describe, expect, it } from "vitest";
import type { PersonaCard, TypedField } from "../../../core/personas";
import { clashes, joined, withChange } from "./change";

const said = <T>(value: T): TypedField<T> => ({ value, origin: { kind: "typed", by: "local", at: "2026-01-01T10:00:00Z" } });
const NOTHING = {
  summary: null, age: null, gender: null, occupation: null, location: null, family: null, interests: null, goals: null, challenges: null,
  personality: null, quote: null, picture: null, brands: null, devices: null, channels: null, custom: {},
};
const card = (more: Partial<PersonaCard["typed"]> = {}, given: Partial<PersonaCard> = {}): PersonaCard => ({
  id: "p", name: "Bargain hunter (fictitious)", kind: "assumed", revision: 3, changed: null, ideal_customer: false, members: null, found_on: null,
  segment: null, ...given, typed: { ...NOTHING, ...more },
});

describe("changes that wait", () => {
  it("become one, and the later one wins field by field", () => {
    const first = { name: "A", fields: { age: "30", custom: { Pet: "dog", Car: "none" } } };
    const then = { fields: { age: null, family: "two", custom: { Pet: "cat" } } };
    expect(joined(first, then)).toEqual({ name: "A", fields: { age: null, family: "two", custom: { Pet: "cat", Car: "none" } } });
  });

  it("never name a group and a segment together", () => {
    const group = { group: { question: "personas" as const, fields: {}, cell: "persona:0" } };
    expect(joined(group, { segment: "Regulars" })).toEqual({ segment: "Regulars" });
    expect(joined({ segment: "Regulars" }, group)).toEqual(group);
  });
});

describe("a card with its changes", () => {
  it("shows them at once, with who wrote them and when, and leaves the others as they were", () => {
    const before = card({ age: said("30"), family: said("two") });
    const after = withChange(before, { fields: { age: "31", family: null, goals: [] } }, "local", "2026-02-02T10:00:00Z");
    expect(after.typed.age).toEqual({ value: "31", origin: { kind: "typed", by: "local", at: "2026-02-02T10:00:00Z" } });
    expect([after.typed.family, after.typed.goals]).toEqual([null, null]);
    expect(before.typed.age?.value).toBe("30");
    expect(withChange(before, null, "local", "")).toBe(before);
  });

  it("takes fields of one's own away", () => {
    const after = withChange(card({ custom: { Pet: said("dog"), Car: said("none") } }), { fields: { custom: { Pet: null } } }, "local", "");
    expect(Object.keys(after.typed.custom)).toEqual(["Car"]);
  });
});

describe("a stale change", () => {
  const base = card({ age: said("30"), goals: said(["Save money"]) });
  it("goes on top of what was changed elsewhere on the card", () => {
    expect(clashes(base, card({ age: said("30"), goals: said(["Save time"]) }), { fields: { age: "31" } })).toEqual([]);
  });

  it("asks where the same field was changed to something else", () => {
    expect(clashes(base, card({ age: said("40"), goals: said(["Save money"]) }), { fields: { age: "31" } })).toEqual([{ what: "age", mine: "31", theirs: "40" }]);
    expect(clashes(base, card({ goals: said(["Save money"]) }), { fields: { age: "31" } })).toEqual([{ what: "age", mine: "31", theirs: undefined }]);
  });

  it("does not ask where both wrote the same", () => {
    expect(clashes(base, card({ age: said("31") }), { fields: { age: "31" } })).toEqual([]);
  });

  it("asks of the name and of fields of one's own too", () => {
    const theirs = card({ age: said("30"), custom: { Pet: said("cat") } }, { name: "Researcher (fictitious)" });
    expect(clashes(base, theirs, { name: "Planner (fictitious)", fields: { custom: { Pet: "dog" } } }).map((one) => one.what)).toEqual(["name", "custom:Pet"]);
  });
});
