/** Ranges of spreadsheets as the clipboard has them: text with tabs, and HTML tables. */

export interface Cell {
  text: string;
  /** How many columns it covers. */
  span: number;
}

const QUOTED = /["\t\n\r]/;
const cell = (text: string, span = 1): Cell => ({ text, span });

/** Rows of cells as text with tabs; texts of several lines are quoted as spreadsheets do. */
export const toTsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => row.map((text) => (QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text)).join("\t")).join("\n");

/** Text with tabs and quotes as rows of cells. */
export function fromTsv(text: string): Cell[][] {
  const rows: Cell[][] = [[]];
  const lines = text.replace(/\r\n?/g, "\n").replace(/\n$/, "");
  for (const [, quoted, bare = "", end] of lines.matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)/g)) {
    rows.at(-1)?.push(cell(quoted === undefined ? bare : quoted.replaceAll('""', '"')));
    if (end === "\n") rows.push([]);
    if (end === "") break;
  }
  return rows;
}

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

export function toHtml(rows: readonly (readonly string[])[]): string {
  const line = (row: readonly string[]): string => row.map((text) => `<td>${escaped(text).replaceAll("\n", "<br>")}</td>`).join("");
  return `<table>${rows.map((row) => `<tr>${line(row)}</tr>`).join("")}</table>`;
}

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

function decoded(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w+));/g, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return NAMED[name] ?? whole;
    const code = decimal === undefined ? parseInt(hex ?? "", 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff) ? String.fromCodePoint(code) : "";
  });
}

/** What a piece of HTML says, with its line breaks. White space in the source is not text. */
function said(html: string): string {
  const lines = html
    .replace(/<!--[\s\S]*?-->|<(style|script)\b[\s\S]*?<\/\1\s*>/gi, "")
    .replace(/\s+/g, " ")
    .replace(/<br\b[^>]*>|<\/(?:p|div|li|h[1-6])\s*>/gi, "\n")
    .replace(/<li\b[^>]*>/gi, "- ")
    .replace(/<[^>]*>/g, "");
  return decoded(lines).split("\n").map((line) => line.trim()).join("\n").trim();
}

/** The first table of a piece of HTML as rows of cells; null if it has none. Cells over several rows stand in the first. */
export function fromHtml(html: string): Cell[][] | null {
  const table = /<table\b[^>]*>([\s\S]*?)<\/table\s*>/i.exec(html)?.[1];
  if (table === undefined) return null;
  const below: number[] = [];
  return [...table.matchAll(/<tr\b[^>]*>([\s\S]*?)(?=<tr\b|<\/tr\s*>|$)/gi)].map(([, inside = ""]) => {
    const row: Cell[] = [];
    const width = (): number => row.reduce((sum, one) => sum + one.span, 0);
    const covered = (): void => {
      for (let at = width(); (below[at] ?? 0) > 0; at += 1) {
        below[at] = (below[at] ?? 0) - 1;
        row.push(cell(""));
      }
    };
    for (const [, attributes = "", content = ""] of inside.matchAll(/<t[dh]\b([^>]*)>([\s\S]*?)(?=<t[dh]\b|<\/t[dh]\s*>|$)/gi)) {
      covered();
      const count = (name: string): number => Math.min(200, Math.max(1, Number(new RegExp(`\\b${name}\\s*=\\s*["']?(\\d+)`, "i").exec(attributes)?.[1] ?? 1)));
      const [span, rows, from] = [count("colspan"), count("rowspan"), width()];
      row.push(cell(said(content), span));
      for (let at = from; rows > 1 && at < from + span; at += 1) below[at] = rows - 1;
    }
    covered();
    return row;
  });
}
