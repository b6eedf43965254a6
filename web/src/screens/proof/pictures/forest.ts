/** Rows of effects with their intervals on one scale. */

import { linear } from "../../explore/pictures/scale";
import { domainOf } from "../sizes";

export interface ForestRow {
  key: string;
  label: string;
  effect: number | null;
  low: number | null;
  high: number | null;
  /** What stands at the end, in words. */
  said: string;
  tone: "better" | "worse" | "open" | "beside";
  /** How much worse is bearable, as a signed effect. */
  margin?: number | null;
}

export interface Placed {
  dot: number | null;
  from: number | null;
  to: number | null;
  margin: number | null;
}

/** Places in percent of the width, and that of zero. */
export function placed(rows: readonly Pick<ForestRow, "effect" | "low" | "high" | "margin">[]): { zero: number; rows: Placed[] } {
  const at = linear(domainOf(rows.flatMap((row) => [row.effect, row.low, row.high, row.margin])), [1, 99]);
  const place = (value: number | null | undefined): number | null => (typeof value === "number" ? at(value) : null);
  return { zero: at(0), rows: rows.map((row) => ({ dot: place(row.effect), from: place(row.low), to: place(row.high), margin: place(row.margin) })) };
}
