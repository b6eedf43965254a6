/** A comparison as a file: one row per share, intervals included; numbers as numbers, whatever the language. */

import type { Comparison } from "../../../core/types";

const COLUMNS = ["label", "cell", "a", "a_of", "a_share", "b", "b_of", "b_share", "difference", "low", "high"] as const;

/** UTF-8 with a byte order mark, so that spreadsheets read letters of all languages. */
export function asCsv({ differences }: Pick<Comparison, "differences">): Blob {
  const share = (n: number, of: number): number | null => (of ? n / of : null);
  const rows = differences.map((one) => ({ ...one, a_share: share(one.a, one.a_of), b_share: share(one.b, one.b_of) }));
  const lines = [COLUMNS.join(","), ...rows.map((row) => COLUMNS.map((column) => field(row[column])).join(","))];
  return new Blob(["\ufeff", lines.join("\r\n"), "\r\n"], { type: "text/csv;charset=utf-8" });
}

/** Text that a spreadsheet would take for a formula begins with an apostrophe. */
function field(value: string | number | null): string {
  if (typeof value !== "string") return value === null ? "" : String(value);
  const plain = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
