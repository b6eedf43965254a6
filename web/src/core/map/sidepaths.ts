/**
 * Deviations from the planned way as side paths along a rail: over a step that is missing, down and back for what was not
 * planned, back from where a step was really done, a small loop where it failed. Pure: positions in, SVG paths out.
 */

import { thickness } from "../desireline";
import type { Deviation } from "./measured";

export type Kind = Deviation["kind"];

export interface Side {
  deviation: Deviation;
  /** A line to be drawn as thick as `width`. */
  line: string;
  /** An arrowhead, filled; empty for paths that come back to the rail by themselves. */
  head: string;
  width: number;
  /** Middle of the label, and its half width. */
  label: { x: number; y: number; half: number };
}

export interface Rail {
  /** Middle of each planned step, left to right in the order of the plan. */
  steps: readonly { id: string; x: number }[];
  /** Height of the rail. */
  y: number;
  /** Left and right end of the rail. */
  from: number;
  to: number;
  /** Room above and below the rail. */
  above: number;
  below: number;
}

export interface Drawn {
  sides: readonly Side[];
  /** Deviations there was no room for. */
  left: number;
}

const [MOST_THICK, LOOP_THICK] = [9, 4];
const [LEVEL, LABEL, CLEAR, LETTER] = [29, 13, 6, 6.4];
const LOOP = 13;

interface Span {
  from: number;
  to: number;
}

type Shape = Span & { up: boolean };

const round = (value: number): string => String(Math.round(value * 10) / 10);
const overlap = (a: Span, b: Span): boolean => a.from < b.to && b.from < a.to;

/** Between which places a deviation leaves the rail; null if the rail has no such step. */
function shapeOf(deviation: Deviation, rail: Rail): Shape | null {
  const at = new Map(rail.steps.map((step, i) => [step.id, i]));
  const x = (i: number): number => rail.steps[i]?.x ?? (i < 0 ? rail.from : rail.to);
  const after = deviation.after === null ? -1 : at.get(deviation.after);
  if (after === undefined) return null;
  if (deviation.kind === "ad_hoc") {
    const [from, to] = [x(after), x(after + 1)];
    return { from: from + (to - from) * 0.2, to: from + (to - from) * 0.8, up: false };
  }
  const step = deviation.step === null ? undefined : at.get(deviation.step);
  if (step === undefined) return null;
  if (deviation.kind === "failed") return { from: x(step) - LOOP, to: x(step) + LOOP, up: true };
  if (deviation.kind === "missing") return { from: x(step - 1), to: x(step + 1), up: true };
  return { from: x(after), to: x(step), up: false };
}

/** A curve that leaves the rail and comes back to it, `depth` away at its farthest. */
function bow(from: number, to: number, y: number, depth: number): string {
  const away = y + depth / 0.75;
  return `M${round(from)} ${round(y)}C${round(from)} ${round(away)} ${round(to)} ${round(away)} ${round(to)} ${round(y)}`;
}

function loopLine(x: number, y: number, rise: number): string {
  const top = y - rise / 0.75;
  return `M${round(x)} ${round(y)}C${round(x - 2.2 * LOOP)} ${round(top)} ${round(x + 2.2 * LOOP)} ${round(top)} ${round(x)} ${round(y)}`;
}

const arrow = (x: number, y: number): string => `M${round(x - 4)} ${round(y + 13)}L${round(x)} ${round(y + 6)}L${round(x + 4)} ${round(y + 13)}Z`;

/**
 * The side paths, those of most people first, one loop at a step; what the room cannot hold is left out and counted.
 *
 * @param deviations as the server lists them
 * @param text what stands at a path
 * @param most so many at most
 */
export function sidePaths(deviations: readonly Deviation[], rail: Rail, text: (deviation: Deviation) => string, most = 16): Drawn {
  const people = Math.max(0, ...deviations.map((d) => d.people));
  const sides: Side[] = [];
  const taken: Record<"up" | "down", Span[][]> = { up: [], down: [] };
  const looped = new Set<string | null>();
  const known = [...deviations].sort((a, b) => b.people - a.people).flatMap((deviation) => {
    const shape = shapeOf(deviation, rail);
    if (!shape || (deviation.kind === "failed" && looped.has(deviation.step))) return [];
    if (deviation.kind === "failed") looped.add(deviation.step);
    return [{ deviation, shape }];
  });
  const wanted = known.slice(0, most);
  for (const { deviation, shape } of wanted) {
    const half = (text(deviation).length * LETTER) / 2 + CLEAR;
    const low = Math.min(shape.from, shape.to);
    const high = Math.max(shape.from, shape.to);
    const middle = Math.min(Math.max((low + high) / 2, rail.from + half), rail.to - half);
    const inner = Math.min(LOOP, (high - low) / 2);
    const whole = { from: Math.min(low + inner, middle - half), to: Math.max(high - inner, middle + half) };
    const levels = shape.up ? taken.up : taken.down;
    const room = shape.up ? rail.above : rail.below;
    let level = 0;
    while (levels[level]?.some((span) => overlap(span, whole))) level += 1;
    const depth = (level + 1) * LEVEL - LABEL + 2;
    if (depth + LABEL > room) continue;
    (levels[level] ??= []).push(whole);
    const width = thickness(deviation.people, people, deviation.kind === "failed" ? LOOP_THICK : MOST_THICK);
    const sign = shape.up ? -1 : 1;
    const line = deviation.kind === "failed" ? loopLine((low + high) / 2, rail.y, depth) : bow(shape.from, shape.to, rail.y, sign * depth);
    const head = deviation.kind === "irregular" ? arrow(shape.to, rail.y) : "";
    sides.push({ deviation, line, head, width, label: { x: middle, y: rail.y + sign * (depth + LABEL / 2 + 1), half } });
  }
  return { sides, left: deviations.length - sides.length };
}
