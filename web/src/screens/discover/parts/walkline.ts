/** A real journey as a desire line: from left to right in its order, as high as the stage of each touchpoint. */

import { curve } from "../../../core/desireline";

export interface WalkLine {
  points: { name: string; x: number; y: number; known: boolean }[];
  /** The walked way. */
  walked: string;
  /** Straight from the first stage to the last, as planned; null without stages. */
  planned: { from: [number, number]; to: [number, number] } | null;
}

const SWAY = 0.22;

/**
 * @param journey names of touchpoints in their order
 * @param stageOf place of a touchpoint's stage, from 0; null if it stands in none
 * @param stages how many there are
 */
export function walkLine(journey: readonly string[], stageOf: (name: string) => number | null, stages: number, width: number, height: number, pad = 8): WalkLine {
  const [bottom, top] = [height - pad, pad];
  const across = (i: number): number => (journey.length > 1 ? pad + (i / (journey.length - 1)) * (width - 2 * pad) : width / 2);
  const rise = (stage: number): number => (stages > 1 ? bottom - (stage / (stages - 1)) * (bottom - top) : (bottom + top) / 2);
  let last: number | null = null;
  const points = journey.map((name, i) => {
    const stage = stageOf(name);
    last = stage ?? last;
    const sway = stages > 0 ? 0 : Math.sin(i * 1.9 + 0.6) * SWAY * (bottom - top);
    return { name, x: across(i), y: (last === null ? (bottom + top) / 2 : rise(last)) + sway, known: stage !== null || stages === 0 };
  });
  return {
    points,
    walked: points.length > 1 ? `M${curve(points.map(({ x, y }) => [x, y] as const))}` : "",
    planned: stages > 1 && journey.length > 1 ? { from: [pad, bottom], to: [width - pad, top] } : null,
  };
}
