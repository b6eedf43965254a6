/** The library as it is listed: by kind, in order of the alphabet, found by words. */

import type { LibraryItem, LibraryKind } from "./document";
import { contains } from "./portfolio";

/** Kinds that the library lists; personas have cards of their own, and nothing measures KPIs. */
export const LISTED = ["touchpoint", "channel", "system", "department"] as const satisfies readonly LibraryKind[];

export type ListedItem = LibraryItem & { maps: string[] };

/** The items that hold every word, by kind; kinds without any are left out. */
export function byKind(items: readonly ListedItem[], wanted: string, language?: string): { kind: LibraryKind; items: ListedItem[] }[] {
  const words = new Intl.Collator(language, { numeric: true });
  const found = items.filter((item) => contains([item.name, item.description, ...item.measures].join(" "), wanted));
  return LISTED.map((kind) => ({ kind, items: found.filter((item) => item.kind === kind).sort((a, b) => words.compare(a.name, b.name)) })).filter(
    (group) => group.items.length > 0,
  );
}

/** Names that are separated by commas, each once. */
export const listed = (text: string): string[] => [...new Set(text.split(",").map((one) => one.trim()).filter(Boolean))];
