/** What is said of an obstacle: deterministic, from its numbers, never stronger than its grade. */

import type { Finding, Trouble } from "../../core/obstacles";
import { channelName } from "../../state/channel";
import { f, t } from "../../state/i18n.svelte";
import type { Extent, Row, RowKind } from "./rows";

export const kindName = (kind: RowKind): string => t(`obstacles.kind.${kind}`);

/** Ratios are written as the times that something is as frequent. */
export const ratio = (value: number): string => f().fixed(value, 2);

/** The figure of a row: a share, or how many times. */
export const extent = (of: Extent, n: number): string => (of.of === "share" ? f().percent(of.value, n) : t("obstacles.times", { ratio: ratio(of.value) }));

export const interval = ({ of, low, high }: Extent, n?: number): string =>
  of === "share" ? `${f().percent(low, n)}–${f().percent(high, n)}` : `${ratio(low)}–${ratio(high)}`;

/** In a few words, for a heading or a card of a map. */
export function short(row: Row): string {
  const { evidence } = row;
  const place = t("obstacles.place", { touchpoint: row.touchpoint });
  if (evidence.from === "obstacles") return t(`obstacles.short.${evidence.found.kind}`, { place, other: evidence.found.other ?? "" });
  if (evidence.from === "friction") return t(evidence.found.outcome === "drop" ? "obstacles.short.drop" : "obstacles.short.convert", { place, goal: evidence.goal });
  const where = segmentOf(evidence.found);
  const found = { place: where ? `${place} (${where})` : place, onward: evidence.found.onward ?? "" };
  return t(evidence.found.kind === "loop" ? "obstacles.short.loop" : "obstacles.short.conversion", found);
}

/** What happens, in whole sentences. */
export function sentences(row: Row): string[] {
  const { evidence } = row;
  if (evidence.from === "obstacles") return [evidence.found.sentence];
  return evidence.from === "friction" ? ofHazard(evidence.found, evidence.goal) : ofTrouble(evidence.found, row);
}

function ofHazard(found: Finding, goal: string): string[] {
  const place = t("obstacles.place", { touchpoint: found.touchpoint });
  const [low, high] = [ratio(found.low ?? 1), ratio(found.high ?? 1)];
  const key = found.outcome === "drop" ? "obstacles.hazard.drop" : "obstacles.hazard.convert";
  return [
    t(key, { place, goal, ratio: ratio(found.hazard_ratio ?? 1), low, high }),
    t("obstacles.hazard.seen", { n: found.people, place, steps: found.steps, events: found.events, expected: Math.round(found.expected) }),
  ];
}

function ofTrouble(found: Trouble, row: Row): string[] {
  const place = t("obstacles.place", { touchpoint: found.touchpoint });
  const where = segmentOf(found);
  const from = f().date(found.from);
  const during = f().percent(found.share_during, found.visits);
  const usual = f().percent(found.share_usual, found.visits);
  const span = f().duration(found.within_seconds);
  const key = found.kind === "loop" ? "obstacles.trouble.loop" : "obstacles.trouble.conversion";
  return [
    found.running ? t("obstacles.trouble.running", { from }) : t("obstacles.trouble.over", { from, to: f().date(found.to) }),
    t(key, { place, onward: found.onward ?? "", during, usual, span }),
    where ? t("obstacles.trouble.only", { where }) : t("obstacles.trouble.everyone"),
    t("obstacles.trouble.people", { n: row.people, visits: found.visits }),
  ];
}

/** `platform ios`, empty for everyone. */
export const segmentOf = (found: Trouble): string =>
  Object.entries(found.segment).map(([name, value]) => `${name} ${name === "channel" ? channelName(value) : value}`).join(", ");

/** "2–4": the places that it may have, one where it is certain. */
export const placed = ([first, last]: readonly [number, number]): string => (first === last ? f().number(first) : `${f().number(first)}–${f().number(last)}`);

/** Since when, or from when to when. */
export function dated(row: Row): string {
  if (!row.since || !row.last) return "";
  if (row.running) return t("obstacles.since", { day: f().date(row.since) });
  return t("obstacles.between", { first: f().date(row.since), last: f().date(row.last) });
}

/** q and p as they are printed: never 0. */
export const chance = (value: number | null): string => (value === null ? "–" : value < 0.001 ? `< ${f().fixed(0.001, 3)}` : f().fixed(value, 3));
