/** Where an opportunity stands on the matrix: effort across, value up, both from 1 to 5, moved in half points. */

import type { Opportunity } from "../../../core/opportunities";

export const LEAST = 1;
export const MOST = 5;
export const STEP = 0.5;

export interface Rated {
  effort: number;
  value: number;
}

const held = (value: number): number => Math.min(MOST, Math.max(LEAST, value));
const toStep = (value: number): number => Math.round(value / STEP) * STEP;

export const snapped = (value: number): number => held(toStep(value));

/** Half customer value, half business value; null until both are rated. */
export const valueOf = (one: Pick<Opportunity, "customer_value" | "business_value">): number | null =>
  one.customer_value === null || one.business_value === null ? null : (one.customer_value + one.business_value) / 2;

export function ratedOf(one: Pick<Opportunity, "customer_value" | "business_value" | "effort">): Rated | null {
  const value = valueOf(one);
  return value === null || one.effort === null ? null : { effort: one.effort, value };
}

/** Customer and business value whose mean is `value`, each moved by the same as far as 1 to 5 lets it. */
export function rerated(customer: number | null, business: number | null, value: number): { customer_value: number; business_value: number } {
  const from = customer ?? (business === null ? value : 2 * value - business);
  const other = business ?? 2 * value - from;
  const first = held(toStep(from + value - (from + other) / 2));
  const second = held(2 * value - first);
  return { customer_value: 2 * value - second, business_value: second };
}

/** Half a point further in a direction of the arrow keys; the same where it ends. */
export function stepped(at: Rated, key: string): Rated {
  const across = key === "ArrowRight" ? STEP : key === "ArrowLeft" ? -STEP : 0;
  const up = key === "ArrowUp" ? STEP : key === "ArrowDown" ? -STEP : 0;
  return { effort: held(at.effort + across), value: held(at.value + up) };
}

export interface Room {
  width: number;
  height: number;
  /** Between the outermost rating and the edge. */
  margin: number;
}

export const toPlace = ({ effort, value }: Rated, room: Room): { x: number; y: number } => ({
  x: room.margin + ((effort - LEAST) / (MOST - LEAST)) * (room.width - 2 * room.margin),
  y: room.height - room.margin - ((value - LEAST) / (MOST - LEAST)) * (room.height - 2 * room.margin),
});

export const toRated = (x: number, y: number, room: Room): Rated => ({
  effort: snapped(LEAST + ((x - room.margin) / (room.width - 2 * room.margin)) * (MOST - LEAST)),
  value: snapped(LEAST + ((room.height - room.margin - y) / (room.height - 2 * room.margin)) * (MOST - LEAST)),
});

/** Radius of a dot whose area stands for people, between `least` and `greatest`. */
export const radius = (people: number | null, most: number, least: number, greatest: number): number =>
  people === null || most <= 0 ? least : Math.max(least, greatest * Math.sqrt(Math.max(0, people) / most));
