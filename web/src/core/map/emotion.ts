/** Geometry of the emotion curve, -2 to +2. It breaks where there is no evidence and is never drawn across a gap. */

import { curve } from "../desireline";
import type { Formula, ScoreScale } from "./document";
import type { EmotionCurve } from "./measured";

export const [LEAST, MOST, NOTCH] = [-2, 2, 0.25];

/** The answers that a scale has. */
export const ENDS: Record<ScoreScale, readonly [number, number]> = { csat: [1, 5], ces: [1, 7], nps: [0, 10] };

export interface Room {
  /** Where +2 is drawn. */
  top: number;
  /** From +2 to -2. */
  height: number;
}

/** A place of the curve; `x` is the middle of its step. Value null: no evidence. */
export interface Place {
  step: string;
  x: number;
  value: number | null;
  low: number | null;
  high: number | null;
}

export interface Piece {
  steps: string[];
  line: string;
  /** The interval around it. */
  band: string;
}

const clamp = (value: number): number => Math.min(MOST, Math.max(LEAST, value));

export const heightOf = (value: number, { top, height }: Room): number => top + ((MOST - clamp(value)) / (MOST - LEAST)) * height;

/** The value at a height, to the nearest quarter. */
export function valueAt(y: number, { top, height }: Room): number {
  return clamp(Math.round((MOST - ((y - top) / height) * (MOST - LEAST)) / NOTCH) * NOTCH);
}

/** A hand-set value some notches up or down, from wherever it stands. */
export const nudged = (value: number, notches: number): number => clamp(Math.round(value / NOTCH + notches) * NOTCH);

/** The emotion of a score: (score - centre) / divisor, cut at -2 and +2. */
export const feeling = (score: number, { centre, divisor }: Formula): number => clamp((score - centre) / divisor);

/** Neighbouring places with evidence; a place without ends a run. */
export function runs<P extends { value: number | null }>(places: readonly P[]): (P & { value: number })[][] {
  const found: (P & { value: number })[][] = [];
  let open = false;
  for (const place of places) {
    if (place.value === null) open = false;
    else {
      if (!open) found.push([]);
      found.at(-1)?.push(place as P & { value: number });
      open = true;
    }
  }
  return found;
}

/** How far the band of a single place reaches to both sides. */
const ALONE = 7;

/** One piece per run: its line through the values, and the band between the ends of their intervals. */
export function pieces(places: readonly Place[], room: Room): Piece[] {
  return runs(places).map((run) => {
    const edge = (pick: (place: Place & { value: number }) => number): [number, number][] => {
      const [first, ...rest] = run;
      if (!first) return [];
      const y = heightOf(pick(first), room);
      return rest.length ? run.map((place) => [place.x, heightOf(pick(place), room)]) : [[first.x - ALONE, y], [first.x + ALONE, y]];
    };
    const upper = edge((place) => place.high ?? place.value);
    const lower = edge((place) => place.low ?? place.value).reverse();
    return {
      steps: run.map((place) => place.step),
      line: run.length > 1 ? `M${curve(edge((place) => place.value))}` : "",
      band: `M${curve(upper)}L${curve(lower)}Z`,
    };
  });
}

export type Mark = "peak" | "lowest" | "end";

/** Which steps are worth a word: the farthest from zero, the lowest, the last with evidence. */
export function marks(of: Pick<EmotionCurve, "peak" | "lowest" | "end">): Map<string, Mark[]> {
  const found = new Map<string, Mark[]>();
  for (const mark of ["peak", "lowest", "end"] as const) {
    const step = of[mark];
    if (step) found.set(step, [...(found.get(step) ?? []), mark]);
  }
  return found;
}

export interface Label {
  key: string;
  x: number;
  /** Of the dot that it belongs to. */
  y: number;
  /** Estimated width of the text. */
  width: number;
}

export interface Placed extends Label {
  anchor: "start" | "middle" | "end";
  /** Baseline of the text. */
  baseline: number;
}

const [ABOVE, BELOW, LINE] = [10, 18, 15];

/** Labels above the dots of the upper half and below those of the lower one; where two would meet, one moves a line away. */
export function placeLabels(labels: readonly Label[], width: number, zero: number): Placed[] {
  const placed: (Placed & { left: number; right: number })[] = [];
  for (const label of labels) {
    const half = label.width / 2;
    const anchor = label.x < half ? "start" : label.x > width - half ? "end" : "middle";
    const left = anchor === "start" ? label.x : anchor === "end" ? label.x - label.width : label.x - half;
    const up = label.y <= zero;
    let baseline = label.y + (up ? -ABOVE : BELOW);
    const meets = (): boolean =>
      placed.some((p) => Math.abs(p.baseline - baseline) < LINE && p.left < left + label.width + 6 && left < p.right + 6);
    for (let tries = 0; meets() && tries < labels.length; tries++) baseline += up ? -LINE : LINE;
    placed.push({ ...label, anchor, baseline, left, right: left + label.width });
  }
  return placed.map(({ left: _left, right: _right, ...label }) => label);
}
