import { describe, expect, it } from "vitest";
import en from "../i18n/en.json";
import hr from "../i18n/hr.json";
import pl from "../i18n/pl.json";
import { knownLanguage, load, placeholders, stretch, tag, translator, type Catalogue, type Message } from "./i18n";
import { PARTS } from "./parts";

const catalogues = { en, pl, hr } as unknown as Record<"en" | "pl" | "hr", Record<string, Message>>;
const keys = Object.keys(en);
const forms = (message: Message | undefined): string[] => (typeof message === "string" ? [message] : Object.values(message ?? {}));

describe.each(["pl", "hr"] as const)("the %s catalogue", (language) => {
  it("has the keys of the English one", () => {
    expect(Object.keys(catalogues[language]).sort()).toEqual([...keys].sort());
  });

  it.each(keys)("%s has the English placeholders", (key) => {
    const wanted = [...new Set(forms(catalogues.en[key]).flatMap(placeholders))].sort();
    for (const text of forms(catalogues[language][key])) {
      expect(placeholders(text).filter((p) => !wanted.includes(p))).toEqual([]);
    }
    expect([...new Set(forms(catalogues[language][key]).flatMap(placeholders))].sort()).toEqual(wanted);
  });
});

describe.each(["en", "pl", "hr"] as const)("plural forms in %s", (language) => {
  const categories = new Intl.PluralRules(tag(language)).resolvedOptions().pluralCategories;
  const plural = keys.filter((k) => typeof catalogues[language][k] !== "string");

  it.each(plural)("%s has every category of the language and no other", (key) => {
    expect(Object.keys(catalogues[language][key] ?? {}).sort()).toEqual([...categories].sort());
  });

  it("holds no empty text", () => {
    for (const key of keys) for (const text of forms(catalogues[language][key])) expect(text.trim(), key).not.toBe("");
  });
});

describe("translator", () => {
  const say = async (language: "en" | "pl" | "hr") => translator(language, await load(language, ["shared", "map"]));

  it.each([
    ["en", 1, "1 person"],
    ["en", 2469, "2,469 people"],
    ["pl", 1, "1 osoba"],
    ["pl", 2, "2 osoby"],
    ["pl", 5, "5 osób"],
    ["pl", 12, "12 osób"],
    ["pl", 22, "22 osoby"],
    ["hr", 1, "1 osoba"],
    ["hr", 3, "3 osobe"],
    ["hr", 5, "5 osoba"],
    ["hr", 21, "21 osoba"],
  ] as const)("%s says %d people as %s", async (language, n, text) => {
    expect((await say(language))("ui.people", { n })).toBe(text);
  });

  it("leaves an unknown placeholder visible", async () => {
    expect((await say("en"))("map.goal", {})).toContain("{goal}");
  });
});

describe("the pseudo-locale", () => {
  it("stretches by two fifths and keeps placeholders whole", () => {
    const text = stretch("Draw {name} again");
    expect(text).toContain("{name}");
    expect(text.length).toBeGreaterThanOrEqual(Math.ceil("Draw {name} again".length * 1.2));
    expect(text).not.toContain("Draw");
  });

  it("leaves no text as it was", async () => {
    const test = (await load("__test__", ["shared", ...PARTS])) as Catalogue as unknown as Record<string, Message>;
    const same = keys.filter((k) => JSON.stringify(test[k]) === JSON.stringify(catalogues.en[k]));
    expect(same).toEqual([]);
  });
});

it("knows the first wanted language that exists", () => {
  expect(knownLanguage(["de-DE", "hr-HR", "pl"])).toBe("hr");
  expect(knownLanguage([])).toBe("en");
});
