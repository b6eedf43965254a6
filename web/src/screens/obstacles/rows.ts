/** Three kinds of evidence in one list: what detectors count, what hazards find, what scans over time find. */

import type { Detector, EvidenceGrade, Finding, FrictionResult, Obstacle, ObstaclesResult, Trouble, TroublesResult } from "../../core/obstacles";

export type RowKind = Detector | "drop" | "convert" | "loop" | "conversion";

export type Evidence =
  | { from: "obstacles"; found: Obstacle }
  | { from: "friction"; found: Finding; goal: string }
  | { from: "troubles"; found: Trouble };

/** An interval on a scale of shares (0..1) or of ratios. */
export interface Extent {
  of: "share" | "ratio";
  value: number;
  low: number;
  high: number;
  /** What is usual; null where nothing is. */
  usual: number | null;
}

export interface Row {
  key: string;
  kind: RowKind;
  touchpoint: string;
  channel: string | null;
  evidence: Evidence;
  people: number;
  /** Of the answer that it comes from, with the cell of the people. */
  drilldown: string;
  cell: string;
  /** The cell of the people whose journeys show it. */
  examples: string;
  extent: Extent;
  /** More than expected: people, goals missed or visits, with an interval. */
  above: number;
  low: number;
  high: number;
  since: string | null;
  last: string | null;
  running: boolean;
  grade: EvidenceGrade;
  /** The places that it may have; where they overlap there is no order. */
  places: readonly [number, number];
}

export interface Answers {
  obstacles: ObstaclesResult | null;
  friction: FrictionResult | null;
  troubles: TroublesResult | null;
}

type Unplaced = Omit<Row, "places">;

/** All rows, those that run now before all others, then by how much they are above the expected. */
export function joined({ obstacles, friction, troubles }: Answers, channelOf: (touchpoint: string) => string | null = () => null): Row[] {
  const found: Unplaced[] = [
    ...(obstacles?.obstacles ?? []).map((one) => ofDetector(one, obstacles!)),
    ...(friction?.findings ?? []).filter((one) => one.flagged && !one.help_seeking && one.outcome !== "contact").map((one) => ofHazard(one, friction!, channelOf)),
    ...(troubles?.troubles ?? []).map((one, i) => ofTrouble(one, i, troubles!, channelOf)),
  ];
  const ranges = places(found);
  const rows = found.map((row, i) => ({ ...row, places: ranges[i]! }));
  return rows.sort((a, b) => Number(b.running) - Number(a.running) || b.above - a.above || a.key.localeCompare(b.key));
}

/** The first and the last place that each may have: another is surely before it if its interval lies wholly above. */
export function places(found: readonly Pick<Row, "low" | "high">[]): [number, number][] {
  const count = (test: (other: Pick<Row, "low" | "high">) => boolean): number => found.filter(test).length;
  return found.map((one) => [1 + count((other) => other.low > one.high), found.length - count((other) => other.high < one.low)]);
}

export const keyOf = (evidence: Evidence): string => {
  const { from, found } = evidence;
  if (from === "friction") return ["friction", found.touchpoint, found.outcome].join(":");
  if (from === "obstacles") return [found.kind, found.touchpoint, found.channel ?? ""].join(":");
  const segment = Object.entries(found.segment).map(([name, value]) => `${name}=${value}`).join(",");
  return ["trouble", found.kind, found.touchpoint, segment, found.from.slice(0, 10)].join(":");
};

function ofDetector(found: Obstacle, result: ObstaclesResult): Unplaced {
  const evidence: Evidence = { from: "obstacles", found };
  return {
    key: keyOf(evidence), kind: found.kind, touchpoint: found.touchpoint, channel: found.channel, evidence,
    people: found.people, drilldown: result.drilldown, cell: found.cell, examples: found.cell,
    extent: { of: "share", value: found.share, low: found.low, high: found.high, usual: found.expected },
    above: found.above, low: found.above_low, high: found.above_high,
    since: found.first, last: found.last, running: false, grade: result.grade,
  };
}

function ofHazard(found: Finding, result: FrictionResult, channelOf: (touchpoint: string) => string | null): Unplaced {
  const evidence: Evidence = { from: "friction", found, goal: result.goal };
  const [ratio, least, most] = [found.hazard_ratio ?? 1, found.low ?? 1, found.high ?? 1];
  const lost = (at: number): number => found.events * (found.outcome === "convert" ? 1 / at - 1 : 1 - 1 / at);
  const place = JSON.stringify([found.touchpoint, found.channel]);
  return {
    key: keyOf(evidence), kind: found.outcome === "drop" ? "drop" : "convert", touchpoint: found.touchpoint,
    channel: found.channel ?? channelOf(found.touchpoint), evidence, people: found.people, drilldown: result.drilldown,
    cell: `met:${place}`, examples: `${found.outcome === "drop" ? "drop" : "met"}:${place}`,
    extent: { of: "ratio", value: ratio, low: least, high: most, usual: 1 },
    above: found.excess ?? lost(ratio), low: Math.min(lost(least), lost(most)), high: Math.max(lost(least), lost(most)),
    since: null, last: null, running: false, grade: found.grade,
  };
}

function ofTrouble(found: Trouble, place: number, result: TroublesResult, channelOf: (touchpoint: string) => string | null): Unplaced {
  const evidence: Evidence = { from: "troubles", found };
  const more = (share: number): number => (found.kind === "loop" ? 1 : -1) * (found.visits * share - found.expected);
  const [low, high] = [more(found.low), more(found.high)].sort((a, b) => a - b) as [number, number];
  return {
    key: keyOf(evidence), kind: found.kind, touchpoint: found.touchpoint,
    channel: found.segment["channel"] ?? channelOf(found.touchpoint), evidence, people: found.hit,
    drilldown: result.drilldown, cell: `trouble:${place}:hit`, examples: `trouble:${place}:hit`,
    extent: { of: "share", value: found.share_during, low: found.low, high: found.high, usual: found.share_usual },
    above: more(found.share_during), low, high, since: found.from, last: found.to, running: found.running, grade: "D",
  };
}

export const SORTS = ["size", "latest"] as const;
export type Sort = (typeof SORTS)[number];

export interface Chosen {
  kinds: readonly string[];
  channels: readonly string[];
  sort: Sort;
}

/** The rows of some kinds and channels, in the order that was chosen; hazards have no dates and come last by date. */
export function shown(rows: readonly Row[], { kinds, channels, sort }: Chosen): Row[] {
  const some = rows.filter((row) => (!kinds.length || kinds.includes(row.kind)) && (!channels.length || channels.includes(row.channel ?? "")));
  if (sort === "size") return some;
  return [...some].sort((a, b) => Number(b.running) - Number(a.running) || (b.last ?? "").localeCompare(a.last ?? ""));
}

/** Kinds and channels among the rows, the commonest first. */
export function among(rows: readonly Row[], what: "kind" | "channel"): string[] {
  const counts = new Map<string, number>();
  for (const row of rows) counts.set(row[what] ?? "", (counts.get(row[what] ?? "") ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0])).map(([name]) => name);
}

/** Which question a key belongs to. */
export const sourceOf = (key: string): keyof Answers => (key.startsWith("friction:") ? "friction" : key.startsWith("trouble:") ? "troubles" : "obstacles");
