/** Filters in the query string: what a screen shows can be shared, reloaded and asked of the server alike. */

import type { Filters } from "./types";

const DAY = /^\d{4}-\d{2}-\d{2}$/;
export const FILTER_KEYS = ["since", "until", "channel", "source", "trait"] as const;

/** Reads `since`, `until`, `channel`, `source` and `trait=name:value`; what cannot be read is left out. */
export function fromQuery(query: URLSearchParams): Filters {
  const filters: Filters = {};
  const since = query.get("since");
  const until = query.get("until");
  if (since && DAY.test(since)) filters.since = since;
  if (until && DAY.test(until)) filters.until = until;
  const channels = unique(query.getAll("channel"));
  const sources = unique(query.getAll("source"));
  if (channels.length) filters.channels = channels;
  if (sources.length) filters.sources = sources;
  const traits = traitsOf(query.getAll("trait"));
  if (Object.keys(traits).length) filters.traits = traits;
  return filters;
}

/** Writes filters into a copy of `query`; other parameters stay. */
export function toQuery(filters: Filters, query: URLSearchParams = new URLSearchParams()): URLSearchParams {
  const next = new URLSearchParams(query);
  for (const key of FILTER_KEYS) next.delete(key);
  if (filters.since) next.set("since", filters.since);
  if (filters.until) next.set("until", filters.until);
  for (const channel of filters.channels ?? []) next.append("channel", channel);
  for (const source of filters.sources ?? []) next.append("source", source);
  for (const [name, values] of Object.entries(filters.traits ?? {})) {
    for (const value of values) next.append("trait", `${name}:${value}`);
  }
  return next;
}

export const isEmpty = (filters: Filters): boolean => toQuery(filters).size === 0;

/** How many separate conditions there are. */
export const count = (filters: Filters): number =>
  Number(Boolean(filters.since ?? filters.until)) + (filters.channels?.length ? 1 : 0) + (filters.sources?.length ? 1 : 0) + Object.keys(filters.traits ?? {}).length;

const unique = (items: string[]): string[] => [...new Set(items.filter(Boolean))];

function traitsOf(pairs: string[]): Record<string, string[]> {
  const traits = new Map<string, string[]>();
  for (const pair of pairs) {
    const colon = pair.indexOf(":");
    if (colon < 1) continue;
    const name = pair.slice(0, colon);
    traits.set(name, unique([...(traits.get(name) ?? []), pair.slice(colon + 1)]));
  }
  return Object.fromEntries([...traits].filter(([, values]) => values.length));
}
