/** What can be pointed at in a picture, and walking between such marks by arrow keys. */

import type { Drill } from "../../../state/people.svelte";
import type { Scale } from "./scale";

export interface Mark {
  key: string;
  /** Place and size in the picture, in pixels. */
  x: number;
  y: number;
  width: number;
  height: number;
  /** What it says, read aloud and shown when it is pointed at. */
  label: string;
  /** The people behind it. */
  drill: Drill | null;
}

/** The part of a picture that data is drawn in. */
export interface Room {
  x: Scale;
  y: Scale;
  left: number;
  right: number;
  top: number;
  bottom: number;
  /** Room for labels behind the data. */
  after: number;
}

export interface Tick {
  at: number;
  text: string;
}

const centre = (mark: Mark): [number, number] => [mark.x + mark.width / 2, mark.y + mark.height / 2];

/** The mark that an arrow key leads to from the one with `key`: the nearest that lies more that way than aside. */
export function onward(marks: readonly Mark[], key: string, arrow: string): string {
  const from = marks.find((mark) => mark.key === key);
  if (!from) return marks[0]?.key ?? key;
  if (arrow === "Home") return marks[0]?.key ?? key;
  if (arrow === "End") return marks.at(-1)?.key ?? key;
  const way = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }[arrow];
  if (!way) return key;
  const [dx, dy] = way as [number, number];
  const [fx, fy] = centre(from);
  let best: { key: string; far: number } | null = null;
  for (const mark of marks) {
    const [x, y] = centre(mark);
    const along = (x - fx) * dx + (y - fy) * dy;
    const aside = Math.abs((x - fx) * dy) + Math.abs((y - fy) * dx);
    if (mark.key === key || along <= 0.5 || (dy !== 0 && aside > along)) continue;
    const far = along * (dy !== 0 ? 1 : 4) + aside;
    if (best === null || far < best.far) best = { key: mark.key, far };
  }
  return best?.key ?? key;
}
