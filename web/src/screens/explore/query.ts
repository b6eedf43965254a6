/** What the explore screen asks, and its place in the address, so that a link shows the same answer. */

import type { Grain } from "../../core/types";

export const TABS = ["funnel", "flow", "variants", "transitions", "durations"] as const;
export const GRAINS: readonly Grain[] = ["person", "journey", "case"];
export const DIRECTIONS = ["from", "to", "around"] as const;
/** How the flow is shown. */
export const VIEWS = ["picture", "table"] as const;
export const LABELS = ["touchpoint", "stage", "channel"] as const;
export const WINDOWS = ["1d", "7d", "14d", "30d"] as const;

export type Tab = (typeof TABS)[number];
export type Direction = (typeof DIRECTIONS)[number];
export type View = (typeof VIEWS)[number];
export type Label = (typeof LABELS)[number];

export interface Asking {
  tab: Tab;
  grain: Grain;
  byEventName: boolean;
  steps: string[];
  /** A duration such as `7d`, or null for no limit. */
  within: string | null;
  anchor: string | null;
  direction: Direction;
  depth: number;
  view: View;
  collapse: boolean;
  by: Label;
  top: number;
  from: string;
  to: string;
  of: "touchpoint" | "stage";
  split: "channel" | "stage" | null;
}

export const ASKING: Asking = {
  tab: "funnel",
  grain: "person",
  byEventName: false,
  steps: [],
  within: null,
  anchor: null,
  direction: "from",
  depth: 5,
  view: "picture",
  collapse: false,
  by: "touchpoint",
  top: 20,
  from: "@first",
  to: "@last",
  of: "touchpoint",
  split: null,
};

const KEYS = "tab grain names step within anchor direction depth view collapse by top from to of split".split(" ");

function oneOf<T extends string>(value: string | null, known: readonly T[], fallback: T): T {
  return known.includes(value as T) ? (value as T) : fallback;
}

function whole(value: string | null, low: number, high: number, fallback: number): number {
  const number = Number(value);
  return value !== null && Number.isInteger(number) ? Math.min(high, Math.max(low, number)) : fallback;
}

/** Reads the address; anything unknown falls back to what the screen starts with. */
export function fromQuery(query: URLSearchParams): Asking {
  const split = query.get("split");
  return {
    tab: oneOf(query.get("tab"), TABS, ASKING.tab),
    grain: oneOf(query.get("grain"), GRAINS, ASKING.grain),
    byEventName: query.get("names") === "event",
    steps: query.getAll("step").filter(Boolean).slice(0, 32),
    within: query.get("within") || null,
    anchor: query.get("anchor") || null,
    direction: oneOf(query.get("direction"), DIRECTIONS, ASKING.direction),
    depth: whole(query.get("depth"), 2, 20, ASKING.depth),
    view: oneOf(query.get("view"), VIEWS, ASKING.view),
    collapse: query.get("collapse") === "1",
    by: oneOf(query.get("by"), LABELS, ASKING.by),
    top: whole(query.get("top"), 1, 1000, ASKING.top),
    from: query.get("from") || ASKING.from,
    to: query.get("to") || ASKING.to,
    of: oneOf(query.get("of"), ["touchpoint", "stage"], ASKING.of),
    split: split === "channel" || split === "stage" ? split : null,
  };
}

/** Writes what differs from the start into `query`'s copy; keys of others, such as filters, are kept. */
export function toQuery(asking: Asking, query: URLSearchParams = new URLSearchParams()): URLSearchParams {
  const next = new URLSearchParams([...query].filter(([key]) => !KEYS.includes(key)));
  const put = (key: string, value: string | number | null, start: unknown) => {
    if (value !== null && value !== start) next.append(key, String(value));
  };
  put("tab", asking.tab, ASKING.tab);
  put("grain", asking.grain, ASKING.grain);
  put("names", asking.byEventName ? "event" : null, null);
  for (const step of asking.steps) next.append("step", step);
  put("within", asking.within, null);
  put("anchor", asking.anchor, null);
  put("direction", asking.direction, ASKING.direction);
  put("depth", asking.depth, ASKING.depth);
  put("view", asking.view, ASKING.view);
  put("collapse", asking.collapse ? "1" : null, null);
  put("by", asking.by, ASKING.by);
  put("top", asking.top, ASKING.top);
  put("from", asking.from, ASKING.from);
  put("to", asking.to, ASKING.to);
  put("of", asking.of, ASKING.of);
  put("split", asking.split, null);
  return next;
}

export const UNITS = ["s", "m", "h", "d", "w"] as const;
export type Unit = (typeof UNITS)[number];

/** `7d` as its number and unit; null if it is no duration of ours. */
export function windowParts(text: string | null): { amount: number; unit: Unit } | null {
  const match = /^(\d+(?:\.\d+)?)([smhdw])$/.exec(text ?? "");
  return match ? { amount: Number(match[1]), unit: match[2] as Unit } : null;
}

/** Usual numbers to choose from, with the one in use among them. */
export function choices(usual: readonly number[], current: number): number[] {
  return [...new Set([...usual, current])].sort((a, b) => a - b);
}
