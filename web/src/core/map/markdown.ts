/** What simple Markdown says without its marks. `richtext.ts` reads it whole; it is larger and loaded where there are marks. */

const MARKS = /[*_`~[\]\\&]|^\s*([-+*]|\d+[.)])\s|\n/m;

/** Whether a text has to be read as Markdown; one without marks is a paragraph as it stands. */
export const hasMarks = (text: string): boolean => MARKS.test(text.trim());

const STEPS: readonly [RegExp, string][] = [
  [/^\s*([-+*]|\d+[.)])\s+/gm, ""],
  [/\[([^\]]*)\]\([^)]*\)/g, "$1"],
  [/(`+)(.+?)\1/g, "$2"],
  [/(\*{1,3}|~~)(?=\S)(.+?)(?<=\S)\1/g, "$2"],
  [/(?<!\w)(_{1,3})(?=\S)(.+?)(?<=\S)\1(?!\w)/g, "$2"],
  [/\\([!-/:-@[-`{-~])/g, "$1"],
  [/\s+/g, " "],
];

/** The text as one line without its marks, for titles and announcements. */
export const plainText = (text: string): string => (hasMarks(text) ? STEPS.reduce((said, [mark, left]) => said.replace(mark, left), text).trim() : text.trim());
