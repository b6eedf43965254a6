import { expect, it } from "vitest";
import { hasMarks, plainText } from "./markdown";
import { markdown } from "./richtext";

const TEXTS = [
  ["**Back & forth**\n- a < b", "Back & forth a < b"],
  ["I *search* for a **_gift_**", "I search for a gift"],
  ["[the site](https://example.org/a) and `kod`", "the site and kod"],
  ["1. one\n2) two", "one two"],
  ["~~old~~ new\\*", "old new*"],
  ["snake_case_name, 2 * 3 * 4", "snake_case_name, 2 * 3 * 4"],
  ["# 1 in 9 – „tak”", "# 1 in 9 – „tak”"],
  ["  Płatność 2.0 ", "Płatność 2.0"],
] as const;

it.each(TEXTS)("%j says %j", (text, said) => expect(plainText(text)).toBe(said));

const unescaped = (html: string): string => html.replace(/<[^>]+>/g, " ").replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&").replace(/\s+/g, " ").trim();

it.each(TEXTS)("%j says what its reading says", (text) => expect(plainText(text)).toBe(unescaped(markdown(text)).replace(/ ([,.])/g, "$1")));

it.each(["Płatność", "a, b; c (d) – 100% <b>", "half-price, e-mail"])("%j is read as it stands", (text) => {
  expect(hasMarks(text)).toBe(false);
  expect(unescaped(markdown(text))).toBe(text.trim());
});
