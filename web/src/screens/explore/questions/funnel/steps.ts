/** The ordered steps of a funnel: adding, removing, and reordering by pointer or keyboard, with what to announce. */

import type { FunnelStepAsked } from "../../../../core/types";
import { MAX_STEPS } from "./params";

export { MAX_STEPS };

export const nameOf = (step: string | FunnelStepAsked): string => (typeof step === "string" ? step : step.name);

/** Steps in a new order, or fewer or more, each with the details that it had. */
export function renamed(steps: readonly (string | FunnelStepAsked)[], names: readonly string[]): (string | FunnelStepAsked)[] {
  const left = [...steps];
  return names.map((name) => {
    const at = left.findIndex((step) => nameOf(step) === name);
    return at < 0 ? name : left.splice(at, 1)[0]!;
  });
}

/** A step in the hand: where it came from and where it is now. */
export interface Carried {
  origin: number;
  at: number;
}

export interface StepList {
  readonly steps: readonly string[];
  readonly carried: Carried | null;
}

/** A sentence for the live region: a key of the catalogue and its parameters. */
export interface Said {
  key: string;
  params: Record<string, string | number>;
}

/** What one key press did: the new list, the row to focus, and what to announce. */
export interface Change {
  list: StepList;
  focus: number;
  said: Said | null;
}

export function stepList(steps: readonly string[] = []): StepList {
  return { steps: steps.slice(0, MAX_STEPS), carried: null };
}

/** The steps with the one at `from` standing at `to`; places outside the list are drawn to its ends. */
export function moved(steps: readonly string[], from: number, to: number): string[] {
  const next = [...steps];
  const [step] = next.splice(from, 1);
  if (step === undefined) return [...steps];
  next.splice(Math.max(0, Math.min(to, next.length)), 0, step);
  return next;
}

function said(key: string, list: StepList, at: number): Said {
  return { key, params: { name: list.steps[at] ?? "", place: at + 1, of: list.steps.length } };
}

export function addStep(list: StepList, name: string): Change {
  const full = list.steps.length >= MAX_STEPS;
  if (full || name === "") return { list, focus: list.steps.length - 1, said: null };
  const next = stepList([...list.steps, name]);
  const at = next.steps.length - 1;
  return { list: next, focus: at, said: said("explore.steps.added", next, at) };
}

export function removeStep(list: StepList, index: number): Change {
  const name = list.steps[index];
  if (name === undefined) return { list, focus: index, said: null };
  const next = stepList(list.steps.filter((_, i) => i !== index));
  const focus = Math.min(index, next.steps.length - 1);
  return { list: next, focus, said: { key: "explore.steps.removed", params: { name, of: next.steps.length } } };
}

function carryTo(list: StepList, carried: Carried, to: number): Change {
  const at = Math.max(0, Math.min(to, list.steps.length - 1));
  const next: StepList = { steps: moved(list.steps, carried.at, at), carried: { ...carried, at } };
  return { list: next, focus: at, said: said("explore.steps.moved", next, at) };
}

function pickUp(list: StepList, index: number): Change {
  const next: StepList = { steps: list.steps, carried: { origin: index, at: index } };
  return { list: next, focus: index, said: said("explore.steps.lifted", next, index) };
}

/** Puts the carried step down where it is. */
export function drop(list: StepList): Change {
  const at = list.carried?.at ?? 0;
  const next = stepList(list.steps);
  return { list: next, focus: at, said: list.carried ? said("explore.steps.dropped", next, at) : null };
}

/** Puts the carried step back where it came from. */
export function cancel(list: StepList): Change {
  const { carried } = list;
  if (!carried) return { list, focus: 0, said: null };
  const next = stepList(moved(list.steps, carried.at, carried.origin));
  return { list: next, focus: carried.origin, said: said("explore.steps.cancelled", next, carried.origin) };
}

const TARGETS: Record<string, (at: number, last: number) => number> = {
  ArrowUp: (at) => at - 1,
  ArrowDown: (at) => at + 1,
  Home: () => 0,
  End: (_, last) => last,
};

/** What `key` does on the row `index`; null if the key is not ours and should have its usual effect. */
export function pressed(list: StepList, index: number, key: string): Change | null {
  const { carried, steps } = list;
  if (key === " " || key === "Enter") return carried ? drop(list) : pickUp(list, index);
  if (key === "Escape") return carried ? cancel(list) : null;
  if (key === "Delete" && !carried) return removeStep(list, index);
  const target = TARGETS[key];
  if (!target) return null;
  const last = steps.length - 1;
  if (carried) return carryTo(list, carried, target(carried.at, last));
  return { list, focus: Math.max(0, Math.min(target(index, last), last)), said: null };
}

/** Begins or goes on with a drag by pointer: the step that started at `origin` now hovers over place `to`. */
export function dragged(list: StepList, origin: number, to: number): StepList {
  const carried = list.carried ?? { origin, at: origin };
  return carryTo({ ...list, carried }, carried, to).list;
}

/** The place a pointer at height `y` means, from the middles of the rows in their order on screen. */
export function placeAt(y: number, middles: readonly number[]): number {
  const place = middles.findIndex((middle) => y < middle);
  return place === -1 ? middles.length - 1 : place;
}
