/** People to invite as they are pasted, and the table of links that comes back. */

const KNOWN = new Set(["customer_id", "email", "phone", "loyalty_card", "device", "cookie", "other"]);

/** A CSV with a header; a list without one is of e-mail addresses, or of customer numbers where no address stands in it. */
export function asTable(pasted: string): string {
  const lines = pasted.split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  const head = (lines[0] ?? "").split(/[,;\t]/).map((cell) => cell.trim().replace(/^"|"$/g, ""));
  if (head.some((cell) => KNOWN.has(cell))) return lines.join("\n");
  return [lines.some((line) => line.includes("@")) ? "email" : "customer_id", ...lines].join("\n");
}

/** Rows of a CSV as objects; quotes may hold separators, quotes and line ends. */
export function rowsOf(csv: string): Record<string, string>[] {
  const cells: string[][] = [[]];
  const text = csv.replace(/^\ufeff/, "");
  const pattern = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/y;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    const [, cell = "", end] = match;
    cells.at(-1)?.push(cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell);
    if (end === "" || pattern.lastIndex >= text.length) break;
    if (end !== ",") cells.push([]);
  }
  const [head = [], ...rows] = cells;
  return rows.map((row) => Object.fromEntries(head.map((name, i) => [name, row[i] ?? ""])));
}

export interface Made {
  links: number;
  /** How many got none, by reason. */
  refused: Record<string, number>;
}

export function made(rows: readonly Record<string, string>[]): Made {
  const refused: Record<string, number> = {};
  for (const { refused: why } of rows) if (why) refused[why] = (refused[why] ?? 0) + 1;
  return { links: rows.filter((row) => row["link"]).length, refused };
}
