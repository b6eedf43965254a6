/** Texts in English, Polish and Croatian: typed keys, CLDR plurals, placeholders. `n` chooses the plural form. */

import texts from "virtual:texts";
import type en from "../i18n/en.json";
import { LANGUAGES, type Part } from "./parts";

export { LANGUAGES };
export type Language = (typeof LANGUAGES)[number];
/** `__test__` stretches and accents every English text, so that a text outside the catalogue or a tight box shows. */
export type Locale = Language | "__test__";

export type Key = keyof typeof en;
export type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;
export type Catalogue = Record<Key, Message>;
export type Params = Record<string, string | number>;

/** The BCP 47 tag that Intl understands. */
export const tag = (locale: Locale): string => (locale === "en" ? "en-GB" : locale === "__test__" ? "en-GB" : locale);

export function isLocale(text: string | null | undefined): text is Locale {
  return text === "__test__" || (LANGUAGES as readonly string[]).includes(text ?? "");
}

/** The first of the wanted languages that we have, else English. */
export function knownLanguage(wanted: readonly string[]): Language {
  for (const want of wanted) {
    const short = want.toLowerCase().split("-")[0];
    const found = LANGUAGES.find((l) => l === short);
    if (found) return found;
  }
  return "en";
}

/** Loads parts of a language's catalogue. */
export async function load(locale: Locale, parts: readonly (Part | "shared")[]): Promise<Partial<Catalogue>> {
  const language = locale === "__test__" ? "en" : locale;
  const loaded = await Promise.all(parts.map(async (part) => (await texts[`${language}/${part}`]?.())?.default));
  const catalogue = Object.assign({}, ...loaded) as Partial<Catalogue>;
  return locale === "__test__" ? stretched(catalogue) : catalogue;
}

/** A function that says `key` in the locale, itself where there is no text. Numbers among the parameters are written as the language writes them. */
export function translator(locale: Locale, catalogue: Partial<Catalogue>): (key: Key, params?: Params) => string {
  const plurals = new Intl.PluralRules(tag(locale));
  const numbers = new Intl.NumberFormat(tag(locale), { useGrouping: true });
  return (key, params = {}) => {
    const message = catalogue[key] ?? key;
    const text = typeof message === "string" ? message : plural(message, plurals, params["n"]);
    return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
      const value = params[name];
      if (value === undefined) return whole;
      return typeof value === "number" ? numbers.format(value) : value;
    });
  };
}

function plural(forms: Exclude<Message, string>, rules: Intl.PluralRules, n: string | number | undefined): string {
  const form = rules.select(typeof n === "number" ? n : 0);
  return forms[form] ?? forms.other ?? "";
}

/** The names in braces, in order of the alphabet. */
export function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{(\w+)\}/g)].map((m) => m[1] ?? ""))].sort();
}

const ACCENTS: Record<string, string> = { a: "á", e: "é", i: "í", o: "ö", u: "ü", y: "ý", c: "č", s: "š", z: "ž", n: "ñ", A: "Å", E: "É", O: "Ö", U: "Ü", S: "Š" };

/** English with every word stretched by two fifths, with accents and brackets; placeholders stay whole. */
export function stretch(text: string): string {
  const longer = (word: string): string => word.replace(/[A-Za-z]/g, (letter) => ACCENTS[letter] ?? letter) + "ø".repeat(Math.ceil(word.length * 0.4));
  return `[${text.replace(/\{\w+\}|[A-Za-z]+/g, (part) => (part.startsWith("{") ? part : longer(part)))}]`;
}

function stretched(catalogue: Partial<Catalogue>): Partial<Catalogue> {
  const entries = Object.entries(catalogue).map(([key, message]) => [
    key,
    typeof message === "string"
      ? stretch(message)
      : Object.fromEntries(Object.entries(message).map(([form, text]) => [form, stretch(text)])),
  ]);
  return Object.fromEntries(entries) as Catalogue;
}
