/** Small decisions of the import: what the source is called, and how its rejects add up. */

/** A name for the source, from the name of its file: without folders, endings and a trailing date. */
export function sourceNameOf(file: string): string {
  const base = file.split(/[\\/]/).at(-1) ?? file;
  const bare = base.replace(/(\.(csv|tsv|txt|xlsx?|jsonl?|ndjson|parquet|xes|gz))+$/i, "");
  const undated = bare.replace(/[-_ .]*\d{4}[-_.]?\d{2}([-_.]?\d{2})?$/, "");
  return (undated || bare || "file").slice(0, 80);
}

/** All rejected rows, whatever the reason. */
export function rejectedIn(reasons: Record<string, number>): number {
  return Object.values(reasons).reduce((sum, n) => sum + n, 0);
}

export interface Reason {
  reason: string;
  count: number;
}

/** Counts by reason, over all sources or one of them, most first. */
export function byReason(counts: readonly { source: string; reason: string; count: number }[], source: string | null): Reason[] {
  const sums = new Map<string, number>();
  for (const row of counts) {
    if (source === null || row.source === source) sums.set(row.reason, (sums.get(row.reason) ?? 0) + row.count);
  }
  return [...sums].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1));
}

/** The fields of a rejected row as they were read; a row that was no row has one field without a name. */
export function rawFields(raw: string): [string, string][] {
  try {
    const read: unknown = JSON.parse(raw);
    if (typeof read !== "object" || read === null) return [["", raw]];
    return Object.entries(read).map(([name, value]) => [name === "_raw" ? "" : name, typeof value === "string" ? value : JSON.stringify(value)]);
  } catch {
    return [["", raw]];
  }
}

/** The columns that rejected rows have, in the order in which they first appear. */
export function rawColumns(rows: readonly { raw: string }[]): string[] {
  return [...new Set(rows.flatMap((row) => rawFields(row.raw).map(([name]) => name)))].filter(Boolean);
}

/** A few different values of a column of rejected rows. */
export function rawSamples(rows: readonly { raw: string }[], column: string, limit = 3): string[] {
  const values = rows.flatMap((row) => rawFields(row.raw).filter(([name]) => name === column));
  return [...new Set(values.map(([, value]) => value))].filter(Boolean).slice(0, limit);
}
