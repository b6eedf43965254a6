/** What surrounds every question in the address: what is counted, of whom, under which definition, as of which day. */

import type { Grain, Segment, SegmentKind } from "../../core/types";
import { flag, oneOf, text, type Param, type Params } from "./questions/param";
import { readAll, writeAll } from "./questions/question";

export const GRAINS: readonly Grain[] = ["person", "journey", "case"];
export const KINDS: readonly SegmentKind[] = ["people", "journeys", "events"];

/** A segment in use: a saved one by its name, or one of this address alone, in the expression language. */
export type Chosen = { saved: string } | { of: SegmentKind; where: string };

/** Stands for all, where null stands for no comparison. */
export const EVERYONE: Chosen = { saved: "@everyone" };

export const SIDES = ["differences", "a", "b"] as const;
export type Side = (typeof SIDES)[number];

export interface Frame {
  grain: Grain;
  byEventName: boolean;
  segment: Chosen | null;
  /** The segment to compare with, or EVERYONE. */
  versus: Chosen | null;
  /** What a comparison shows. */
  side: Side;
  definition: string | null;
  /** Another definition to show beside it. */
  against: string | null;
  today: string | null;
}

const DAY = /^\d{4}-\d{2}-\d{2}$/;
const day: Param<string | null> = { ...text(), read: ([value]) => (value && DAY.test(value) ? value : null) };

/** `name:Regulars` or `people:channel = "web"`. */
function chosen(): Param<Chosen | null> {
  const read = ([value = ""]: readonly string[]): Chosen | null => {
    const colon = value.indexOf(":");
    const [kind, rest] = [value.slice(0, colon), value.slice(colon + 1)];
    if (colon < 1 || rest.trim() === "") return null;
    if (kind === "name") return { saved: rest };
    const of = KINDS.find((k) => k === kind);
    return of ? { of, where: rest } : null;
  };
  const write = (value: Chosen | null): string[] => (value === null ? [] : "saved" in value ? [`name:${value.saved}`] : [`${value.of}:${value.where}`]);
  return { start: null, read, write };
}

export const FRAME: Params<Frame> = {
  grain: oneOf(["person", "journey", "case"], "person"),
  byEventName: { ...flag(), key: "names", read: ([value]) => value === "event", write: (on) => (on ? ["event"] : []) },
  segment: chosen(),
  versus: chosen(),
  side: oneOf(SIDES, "differences"),
  definition: text(),
  against: text(),
  today: day,
};

export const frameOf = (query: URLSearchParams): Frame => readAll(FRAME, query);
export const putFrame = (frame: Frame, query: URLSearchParams): void => writeAll(FRAME, frame, query);

/** A segment as a request carries it. */
export function sent(segment: Chosen | null): Segment | string | null {
  if (segment === null || !("saved" in segment)) return segment;
  return segment.saved === "@everyone" ? null : segment.saved;
}

/** The segment of a request made before. */
export function received(segment: unknown): Chosen | null {
  if (typeof segment === "string") return { saved: segment };
  if (typeof segment !== "object" || segment === null) return null;
  const { name, of, where } = segment as Segment;
  if (name) return { saved: name };
  return typeof where === "string" ? { of, where } : null;
}

/** A definition as a request carries it: versions are numbers, others are names. */
export const definitionSent = (definition: string | null): number | string | null =>
  definition !== null && /^\d+$/.test(definition) ? Number(definition) : definition;
