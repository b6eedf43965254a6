/** Segments: people, journeys or events that fulfil a condition. The server's model of the same name writes the same shapes. */

export type SegmentKind = "people" | "journeys" | "events";
export type Operator = "=" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "contains" | "starts" | "matches" | "exists" | "missing";
export type Plain = string | number | boolean;

export interface FieldCondition {
  /** `channel`, `source`, `stage`, `touchpoint`, `event`, `value`, `score`, `text`, `trait.NAME` or `property.PATH`. */
  field: string;
  op: Operator;
  value?: Plain | Plain[] | null;
}

export interface DidCondition {
  did: string;
  where?: Condition | null;
  at_least?: number;
  at_most?: number | null;
  /** A duration such as `30d`. */
  within?: string | null;
  before?: string | null;
  after?: string | null;
}

export interface BehindCondition {
  drilldown: string;
  cell: string;
}

export interface MemberCondition {
  segment: string;
  version?: number | null;
}

export type Condition =
  | { all: Condition[] }
  | { any: Condition[] }
  | { not: Condition }
  | FieldCondition
  | DidCondition
  | BehindCondition
  | MemberCondition;

export interface Segment {
  name?: string | null;
  version?: number | null;
  of: SegmentKind;
  /** A condition, or the same in the expression language. */
  where: Condition | string;
}

/** A saved segment, as lists show it. */
export interface SavedSegment extends Segment {
  name: string;
  version: number;
  text?: string | null;
}

/** What the server makes of a condition that is being written. */
export interface SegmentCheck {
  segment: Segment | null;
  text: string | null;
  people: number | null;
  events: number | null;
  error: { code: string; message: string; details?: unknown } | string | null;
}
