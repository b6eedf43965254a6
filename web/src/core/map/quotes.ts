/** Quotation marks of the language that somebody spoke. */

const MARKS: Record<string, readonly [string, string]> = { en: ["“", "”"], pl: ["„", "”"], hr: ["„", "”"], de: ["„", "“"], fr: ["« ", " »"] };
const OPENING = /^[“”„«»"‘’‚]/;

/** The marks around a quote; none where the text brings its own. */
export function quotesOf(text: string, language: string): readonly [string, string] {
  if (OPENING.test(text.trim())) return ["", ""];
  return MARKS[language.slice(0, 2).toLowerCase()] ?? MARKS["en"]!;
}
