/** What the screen shows, read from the address (`/discover/types?goal=Order`) and written back to it. */

import { fromQuery } from "../../core/filters";
import { href } from "../../core/router";
import type { Filters, Grain } from "../../core/types";
import { frameOf, type Frame } from "../explore/frame";

export const PARTS = ["stages", "types", "personas", "drift"] as const;
export type Part = (typeof PARTS)[number];
export const VIEWS = ["cards", "matrix"] as const;
export type View = (typeof VIEWS)[number];

/** How many groups are asked for: so many, or what the data choose. */
export type Wanted = number | null;
export const STAGES = 5;
export const MOST = 12;

/** Stands for no goal in the address; without any the first goal of the definition is meant. */
export const NO_GOAL = "-";

export interface Looking {
  frame: Frame;
  filters: Filters;
  goal: string | null;
  stages: Wanted;
  types: Wanted;
  view: View;
}

/** The part of an address; the stages without one. */
export const partOf = (parts: readonly string[]): Part => PARTS.find((part) => part === parts[0]) ?? "stages";

export function looking(query: URLSearchParams): Looking {
  return {
    frame: frameOf(query),
    filters: fromQuery(query),
    goal: query.get("goal"),
    stages: wanted(query.get("stages"), STAGES),
    types: wanted(query.get("types"), null),
    view: VIEWS.find((view) => view === query.get("view")) ?? "cards",
  };
}

function wanted(text: string | null, usual: Wanted): Wanted {
  if (text === "auto") return null;
  const n = Number(text);
  return text !== null && Number.isInteger(n) && n >= 1 && n <= MOST ? n : usual;
}

/** How a number of groups stands in the address; what is usual does not. */
export function written(asked: Wanted, usual: Wanted): string | null {
  if (asked === usual) return null;
  return asked === null ? "auto" : String(asked);
}

/** The goal to ask with: that of the address, else the first of the definition. */
export function goalOf(asked: string | null, goals: readonly string[]): string | null {
  if (asked === NO_GOAL) return null;
  return asked ?? goals[0] ?? null;
}

/** Of whom: personas are always people. */
export const grainOf = (part: Part, grain: Grain): Grain => (part === "personas" ? "person" : grain);

/** The way to another part, asked of the same people. */
export function wayTo(part: Part, query: URLSearchParams): string {
  const kept = new URLSearchParams(query);
  for (const key of ["drill", "cell"]) kept.delete(key);
  return href("discover", part === "stages" ? [] : [part], kept);
}
