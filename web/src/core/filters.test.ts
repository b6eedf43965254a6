import fc from "fast-check";
import { expect, it } from "vitest";
import { count, fromQuery, isEmpty, toQuery } from "./filters";
import type { Filters } from "./types";

const text = fc.string({ minLength: 1, maxLength: 12 });
const name = text.filter((s) => !s.includes(":") && s !== "__proto__");
const names = fc.uniqueArray(text, { minLength: 1, maxLength: 4 });
const day = fc.date({ min: new Date("1970-01-02"), max: new Date("2262-01-01"), noInvalidDate: true }).map((d) => d.toISOString().slice(0, 10));
const filters: fc.Arbitrary<Filters> = fc.record(
  { since: day, until: day, channels: names, sources: names, traits: fc.dictionary(name, names, { minKeys: 1, maxKeys: 3, noNullPrototype: true }) },
  { requiredKeys: [] },
);

it("reads back what it wrote", () => {
  fc.assert(fc.property(filters, (given) => void expect(fromQuery(new URLSearchParams(toQuery(given).toString()))).toEqual(given)));
});

it("leaves other parameters alone", () => {
  const query = toQuery({ channels: ["web"] }, new URLSearchParams("stage=2&channel=post&lang=pl"));
  expect(query.toString()).toBe("stage=2&lang=pl&channel=web");
});

it("leaves out what cannot be read", () => {
  expect(fromQuery(new URLSearchParams("since=yesterday&trait=novalue&trait=:x&channel="))).toEqual({});
});

it("keeps colons in a trait's value", () => {
  expect(fromQuery(new URLSearchParams("trait=age:19:24"))).toEqual({ traits: { age: ["19:24"] } });
});

it("knows what is empty and counts conditions", () => {
  expect(isEmpty({ channels: [], traits: {} })).toBe(true);
  expect(count({ since: "2026-01-01", until: "2026-02-01", channels: ["a", "b"], traits: { x: ["1"], y: ["2"] } })).toBe(4);
});
