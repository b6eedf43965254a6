/** What the emotion lane draws: curves over the columns of the sheet, points set by hand, moments of truth. */

import type { Place } from "../../../../core/map/emotion";
import type { Card, JourneyMap, Lane, LibraryItem } from "../../../../core/map/document";
import type { Column } from "../../../../core/map/layout";
import type { EmotionCurve, EmotionPoint } from "../../../../core/map/measured";
import { href } from "../../../../core/router";
import { t } from "../../../../state/i18n.svelte";

export interface HandSet {
  card: Card;
  value: number;
  step: string;
  x: number;
}

export interface Curve {
  key: string;
  of: EmotionCurve;
  look: "main" | "words" | "behaviour" | "segment";
  /** Counts segments from 0, for their looks. */
  index: number;
  places: (Place & { point: EmotionPoint | null })[];
}

/** Steps by id, named; a step without a name is called as its stage. */
export const stepNames = (map: JourneyMap): Map<string, string> =>
  new Map(map.stages.flatMap((stage) => stage.steps.map((step) => [step.id, step.name || stage.name || t("map.grid.unnamed_step")] as const)));

export const middle = (column: Column): number => column.x + column.width / 2;

/** The curves of a lane, everyone's first; those of words and behaviour only where the recipe wants them. */
export function curvesOf(lane: Lane, all: readonly EmotionCurve[], columns: readonly Column[]): Curve[] {
  const mine = all.filter((curve) => curve.lane === lane.id && (curve.of === "scores" || (lane.recipe?.[curve.of] ?? false)));
  const segments = [...new Set(mine.flatMap((curve) => (curve.segment === null ? [] : [curve.segment])))];
  const looks = { main: 0, segment: 1, words: 2, behaviour: 3 };
  return mine
    .map((of): Curve => {
      const points = new Map(of.points.map((point) => [point.step, point]));
      const places = columns.map((column) => {
        const point = points.get(column.id) ?? null;
        return { step: column.id, x: middle(column), value: point?.value ?? null, low: point?.low ?? null, high: point?.high ?? null, point };
      });
      const look = of.of !== "scores" ? of.of : of.segment === null ? "main" : "segment";
      return { key: `${of.of}:${of.segment ?? ""}`, of, look, index: of.segment === null ? 0 : segments.indexOf(of.segment), places };
    })
    .sort((a, b) => looks[a.look] - looks[b.look] || a.index - b.index);
}

/** Points set by hand, left to right; of a cell with several, the first. */
export function handSetOf(lane: Lane, columns: readonly Column[]): HandSet[] {
  return columns.flatMap((column) => {
    const card = lane.cells[column.id]?.find((one) => one.value !== null);
    return card && card.value !== null ? [{ card, value: card.value, step: column.id, x: middle(column) }] : [];
  });
}

/** Lines between hand-set points of neighbouring steps. */
export function handSetLinks(points: readonly HandSet[], columns: readonly Column[]): [HandSet, HandSet][] {
  const order = new Map(columns.map((column, i) => [column.id, i]));
  return points.flatMap((point, i): [HandSet, HandSet][] => {
    const next = points[i + 1];
    return next && (order.get(next.step) ?? 0) === (order.get(point.step) ?? 0) + 1 ? [[point, next]] : [];
  });
}

/** Where the words of a step's touchpoints can be read. */
export function wordsAt({ document, library }: { document: JourneyMap; library: ReadonlyMap<string, LibraryItem> }, step: string): string {
  const order = new Map(document.stages.flatMap((stage) => stage.steps).map(({ id }, i) => [id, i]));
  const at = (id: string): number => order.get(id) ?? 0;
  const names = new Set<string>();
  for (const lane of document.lanes.filter((one) => one.kind === "touchpoints"))
    for (const [from, cards] of Object.entries(lane.cells))
      for (const card of cards) if (at(from) <= at(step) && at(step) < at(from) + card.span) for (const name of library.get(card.ref ?? "")?.measures ?? []) names.add(name);
  return href("voice", [], new URLSearchParams([["with_text", "true"], ...[...names].map((name): [string, string] => ["touchpoint", name])]));
}

/** Steps with a moment of truth: a starred card on this lane or on a lane of touchpoints. */
export function starred(map: JourneyMap, lane: Lane): Set<string> {
  const lanes = map.lanes.filter((one) => one.id === lane.id || one.kind === "touchpoints");
  return new Set(lanes.flatMap((one) => Object.entries(one.cells).flatMap(([step, cards]) => (cards.some((card) => card.star) ? [step] : []))));
}

/** Neighbouring columns without evidence, each with where it begins and ends. */
export function gapsOf(curve: Curve, columns: readonly Column[]): { from: number; to: number }[] {
  const gaps: { from: number; to: number }[] = [];
  curve.places.forEach((place, i) => {
    const column = columns[i];
    if (place.value !== null || !column) return;
    const last = gaps.at(-1);
    if (last && last.to === column.x) last.to = column.x + column.width;
    else gaps.push({ from: column.x, to: column.x + column.width });
  });
  return gaps;
}
