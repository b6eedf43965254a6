/** The small picture of a template: its stages along the dashed plan, and a way of its own through them. */

import { curve } from "../desireline";

export interface Thumbline {
  /** Where the stages stand on the plan. */
  stops: number[];
  way: string;
}

/** The same text always strays the same way: FNV-1a, to -1…1. */
function stray(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return ((hash >>> 8) % 1000) / 500 - 1;
}

/** Through `stages` on a strip of `width` × `height`; the plan lies in its middle. */
export function thumbline(stages: readonly string[], width: number, height: number): Thumbline {
  const column = width / Math.max(1, stages.length);
  const stops = stages.map((_, i) => column * (i + 0.5));
  const middle = height / 2;
  const points = stages.map((name, i): [number, number] => [stops[i] ?? 0, middle + stray(name) * middle * 0.7]);
  return { stops, way: stages.length ? `M${curve([[0, middle], ...points, [width, middle * 0.7]])}` : "" };
}
