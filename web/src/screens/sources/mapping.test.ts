import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { emptyForm, IDENTIFIERS, problems, toForm, toMapping, withDetectedRole, withRole, type Mapping } from "./mapping";

const COLUMNS = ["id", "mail", "when", "what", "where", "sum", "cur", "note", "stars", "order", "key", "x", "y"];

const number = (column: string) =>
  fc.record({ column: fc.constant(column), decimal: fc.constantFrom("." as const, "," as const), currency: fc.constantFrom("PLN", "EUR") });

/** Documents such as the server writes them, with every field that the form shows. */
const mapping = fc.record({
  person: fc.tuple(fc.constantFrom(...IDENTIFIERS)).map(([type]) => [{ column: "id", type }, { column: "mail", type: "email" as const }]),
  time: fc.record({
    column: fc.constant("when"),
    format: fc.constantFrom("auto", "epoch_ms", ["%d.%m.%Y", "%Y-%m-%d"]),
    zone: fc.constantFrom(null, "Europe/Warsaw"),
    date_only: fc.constantFrom("start" as const, "end" as const),
  }),
  event: fc.constantFrom({ column: "what" }, { constant: "visit" }, { template: "{what}: {where}" }),
  channel: fc.constantFrom(
    { columns: ["where"], default: "unknown" },
    { columns: [], default: "web" },
    { constant: "post", default: "unknown" },
    { rules: [{ field: "name", starts_with: "O_", channel: "post" }, { field: "column:x", equals: "1", channel: "web" }], default: "unknown" },
  ),
  case: fc.constantFrom(null, "order", "id"),
  event_id: fc.constantFrom(null, "key"),
  value: fc.oneof(fc.constant(null), number("sum")),
  text: fc.constantFrom(null, "note"),
  score: fc.oneof(fc.constant(null), fc.record({ column: fc.constant("stars"), decimal: fc.constant("." as const) })),
  properties: fc.constant("all" as const),
  kind: fc.constantFrom("event" as const, "traits" as const),
  caveat: fc.constantFrom(null, "known_only_with_purchase" as const),
  encoding: fc.constantFrom(null, "windows-1250"),
  delimiter: fc.constantFrom(null, ";"),
});

describe("form and document", () => {
  it("say the same in both directions", () => {
    fc.assert(
      fc.property(mapping as fc.Arbitrary<Mapping>, (m) => {
        const form = toForm(m, COLUMNS);
        expect(toMapping(form)).toEqual(m);
        expect(problems(form)).toEqual([]);
      }),
    );
  });

  it("keep a column that is person and case at once", () => {
    const form = toForm({ person: [{ column: "id", type: "case" }], time: { column: "when" }, event: { column: "what" }, case: "id" }, COLUMNS);
    expect(form.columns[0]).toEqual({ column: "id", role: "person", identifier: "case", also: ["case"] });
  });

  it("name the properties as soon as one column is ignored", () => {
    const form = withRole(emptyForm(["a", "b", "c"]), "b", "ignore");
    expect(toMapping(form).properties).toEqual(["a", "c"]);
    expect(toForm(toMapping({ ...form }), ["a", "b", "c"]).columns.map((c) => c.role)).toEqual(["property", "ignore", "property"]);
  });

  it("take a currency column before a typed currency", () => {
    const form = withRole(emptyForm(["sum", "cur"]), "sum", "value");
    form.value = { decimal: ",", currency: "PLN", currencyColumn: "cur" };
    expect(toMapping(form).value).toEqual({ column: "sum", decimal: ",", currency_column: "cur" });
  });
});

describe("roles", () => {
  it("belong to one column where only one makes sense", () => {
    const form = withRole(withRole(emptyForm(["a", "b"]), "a", "time"), "b", "time");
    expect(form.columns.map((c) => c.role)).toEqual(["property", "time"]);
  });

  it("may be shared where several make sense", () => {
    const form = withRole(withRole(emptyForm(["a", "b"]), "a", "person"), "b", "person");
    expect(form.columns.map((c) => c.role)).toEqual(["person", "person"]);
  });

  it("follow what was detected, for identifiers only", () => {
    expect(withDetectedRole(emptyForm(["m"]), "m", "person", "email").columns[0]!.identifier).toBe("email");
    expect(withDetectedRole(emptyForm(["m"]), "m", "person", "integer").columns[0]!.identifier).toBe("customer_id");
    expect(withDetectedRole(emptyForm(["m"]), "m", "text", "email").columns[0]).toMatchObject({ role: "text", identifier: "customer_id" });
  });

  it("take a second role away too", () => {
    const both = toForm({ person: [{ column: "id" }], time: { column: "when" }, event: { column: "what" }, case: "id" }, COLUMNS);
    expect(withRole(both, "order", "case").columns[0]!.also).toEqual([]);
  });
});

describe("problems", () => {
  it("say what is missing", () => {
    expect(problems(emptyForm(["a"]))).toEqual(["no_person", "no_time", "no_event"]);
    expect(problems({ ...emptyForm(["a"]), kind: "traits", eventFrom: "constant", eventText: " " })).toEqual(["no_person", "no_event"]);
    const open = { ...emptyForm(["a"]), channelFrom: "rules" as const, rules: [{ field: "name", comparison: "equals" as const, text: "", channel: "x" }] };
    expect(problems(open)).toContain("open_rule");
  });
});
