/** Where touchpoints stand in the picture of stages: along their level, side by side where they would overlap. */

import type { TouchpointStage } from "../../../core/discovery";
import { linear } from "../../explore/pictures/scale";

export interface Dot {
  touchpoint: TouchpointStage;
  x: number;
  y: number;
  r: number;
}

export interface Swarm {
  dots: Dot[];
  /** Ends of the stages, first to last, in pixels. */
  bands: { from: number; to: number }[];
  height: number;
}

const LEAST = 3;
const MOST = 13;
const GAP = 2;

/** The area of a dot is as large as its people. */
export const radius = (people: number, most: number): number => (most > 0 ? Math.max(LEAST, MOST * Math.sqrt(people / most)) : LEAST);

export function swarm(touchpoints: readonly TouchpointStage[], stages: number, width: number): Swarm {
  const levels = touchpoints.map((one) => one.level);
  const [low, high] = [Math.min(...levels), Math.max(...levels)];
  const x = linear([low, high], [MOST + GAP, Math.max(2 * MOST, width - MOST - GAP)]);
  const most = Math.max(0, ...touchpoints.map((one) => one.people));
  const placed: Dot[] = [];
  for (const touchpoint of [...touchpoints].sort((a, b) => b.people - a.people)) {
    const dot = { touchpoint, x: x(touchpoint.level), y: 0, r: radius(touchpoint.people, most) };
    placed.push({ ...dot, y: free(dot, placed) });
  }
  const reach = Math.max(0, ...placed.map((dot) => Math.abs(dot.y) + dot.r)) + GAP;
  return { dots: placed.map((dot) => ({ ...dot, y: dot.y + reach })), bands: bands(touchpoints, stages, x, width), height: 2 * reach };
}

/** The height nearest to the middle at which a dot overlaps none. */
function free(dot: Dot, placed: readonly Dot[]): number {
  const near = placed.filter((other) => Math.abs(other.x - dot.x) < other.r + dot.r + GAP);
  const edges = near.flatMap((other) => {
    const apart = Math.sqrt((other.r + dot.r + GAP) ** 2 - (other.x - dot.x) ** 2);
    return [other.y - apart, other.y + apart];
  });
  const fits = (y: number): boolean => near.every((other) => (other.x - dot.x) ** 2 + (other.y - y) ** 2 >= (other.r + dot.r + GAP) ** 2 - 1e-6);
  return [0, ...edges].filter(fits).sort((a, b) => Math.abs(a) - Math.abs(b))[0] ?? 0;
}

/** Stages end half way between their last touchpoint and the next one's first. */
function bands(touchpoints: readonly TouchpointStage[], stages: number, x: (level: number) => number, width: number): Swarm["bands"] {
  const of = (stage: number): number[] => touchpoints.filter((one) => one.stage === stage).map((one) => one.level);
  const ends = Array.from({ length: Math.max(0, stages - 1) }, (_, i) => x((Math.max(...of(i)) + Math.min(...of(i + 1))) / 2));
  return Array.from({ length: stages }, (_, i) => ({ from: ends[i - 1] ?? 0, to: ends[i] ?? width }));
}
