import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { asParams, entryOf, href, isOurs, OFFERED, parse, SCREENS } from "./router";

const origin = "http://127.0.0.1:8765";

it("reads back every address it writes", () => {
  const part = fc.string({ minLength: 1, maxLength: 20, unit: "grapheme" }).filter((s) => s !== "." && s !== "..");
  fc.assert(
    fc.property(fc.constantFrom(...SCREENS.filter((s) => s !== "overview")), fc.array(part, { maxLength: 3 }), fc.dictionary(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), { noNullPrototype: true }), (screen, parts, query) => {
      const route = parse(new URL(href(screen, parts, query), origin));
      expect(route.screen).toBe(screen);
      expect(route.parts).toEqual(parts);
      for (const [name, value] of Object.entries(query)) expect(route.query.get(name)).toBe(value);
    }),
  );
});

it("shows the overview at / and for what it does not know", () => {
  expect(href("overview")).toBe("/");
  expect(parse(new URL("/", origin)).screen).toBe("overview");
  expect(parse(new URL("/nowhere/else", origin))).toMatchObject({ screen: "overview", parts: [] });
});

it("puts every screen under one of the navigation's", () => {
  expect(SCREENS.map(entryOf).filter((entry) => !OFFERED.includes(entry))).toEqual([]);
  expect(new Set(OFFERED).size).toBe(OFFERED.length);
  expect(entryOf("library")).toBe("maps");
});

it("survives an address that is not encoded well", () => {
  expect(parse(new URL("/map/100%", origin)).parts).toEqual(["100%"]);
});

it("repeats a parameter with several values and drops empty ones", () => {
  expect(asParams({ step: ["A", "B,C"], within: "", by: null }).toString()).toBe("step=A&step=B%2CC");
});

describe("a click on a link", () => {
  const link = (address: string, more: Partial<HTMLAnchorElement> = {}) => ({ href: origin + address, target: "", hasAttribute: () => false, getAttribute: () => address, ...more }) as unknown as HTMLAnchorElement;
  const click = (more: Partial<MouseEvent> = {}) => ({ button: 0, metaKey: false, ctrlKey: false, shiftKey: false, altKey: false, defaultPrevented: false, ...more }) as MouseEvent;

  it("is ours when plain", () => expect(isOurs(click(), link("/map"), origin)).toBe(true));
  it("is the browser's with a modifier", () => expect(isOurs(click({ ctrlKey: true }), link("/map"), origin)).toBe(false));
  it("is the browser's for a place on this page", () => expect(isOurs(click(), link("#main"), origin)).toBe(false));
  it("is the browser's for an export", () => expect(isOurs(click(), link("/api/maps/x/export?format=pdf"), origin)).toBe(false));
  it("is the browser's for another origin", () => expect(isOurs(click(), { ...link("/"), href: "https://example.org/" } as HTMLAnchorElement, origin)).toBe(false));
});
