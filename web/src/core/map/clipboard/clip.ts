/** What was copied from a map: cards by their places, columns with their cards, or whole lanes. */

import { Refused } from "../commands/refused";
import { list, nullable, object, oneOf, integer, text, type Shape } from "../commands/shape";
import { card, head, id, lane, name, step } from "../commands/shapes";
import { LANE_KINDS, stepsOf, type Card, type JourneyMap, type Lane, type LaneKind, type LibraryItem, type Stage, type Step } from "../document";
import { cardsIn } from "../commands/places";
import { toHtml, toTsv } from "./table";

export interface ClipCard {
  /** Lanes below and steps right of the first. */
  down: number;
  right: number;
  lane: LaneKind;
  card: Card;
}

export interface ClipColumn {
  step: Step;
  cards: { lane: string; kind: LaneKind; card: Card }[];
}

export interface ClipGroup {
  /** The stage, if it was copied whole. */
  stage: Omit<Stage, "steps"> | null;
  columns: ClipColumn[];
}

/** A lane without cells, and its cards by step, counted from the left. */
export interface ClipLane {
  lane: Lane;
  cards: { right: number; card: Card }[];
}

export interface Clip {
  desireline: 2;
  /** Id of the map that it comes from. */
  map: string;
  cards: ClipCard[];
  groups: ClipGroup[];
  lanes: ClipLane[];
  /** Names of library items that its cards refer to. */
  names: { id: string; name: string }[];
}

/** What goes to the clipboard; `text` and `html` are for spreadsheets and letters. */
export interface Copied {
  json: string;
  text: string;
  html: string;
}

/** The type of `json` on the clipboard. */
export const CLIP_TYPE = "application/x-desireline-map+json";

const count = integer(0, 100_000);
const kind = oneOf(LANE_KINDS);
const read: Shape<Clip> = object<Clip>({
  desireline: oneOf([2] as const),
  map: id,
  cards: list(object<ClipCard>({ down: count, right: count, lane: kind, card })),
  groups: list(object<ClipGroup>({
    stage: nullable(head),
    columns: list(object<ClipColumn>({ step, cards: list(object<ClipColumn["cards"][number]>({ lane: id, kind, card })) }), 1),
  })),
  lanes: list(object<ClipLane>({ lane, cards: list(object<ClipLane["cards"][number]>({ right: count, card })) })),
  names: list(object<Clip["names"][number]>({ id: text(64, 1), name })),
});

/** A clip from its text; null if it is something else. */
export function clipOf(json: string): Clip | null {
  try {
    return read(JSON.parse(json), "");
  } catch (error) {
    if (error instanceof Refused || error instanceof SyntaxError) return null;
    throw error;
  }
}

const ofStep = (map: JourneyMap, one: Step): ClipColumn => ({
  step: one,
  cards: map.lanes.flatMap((row) => cardsIn(row.cells, one.id).map((each) => ({ lane: row.id, kind: row.kind, card: each }))),
});

function groupsOf(map: JourneyMap, ids: ReadonlySet<string>): ClipGroup[] {
  return map.stages.flatMap((stage): ClipGroup[] => {
    const { steps, ...only } = stage;
    const whole = ids.has(stage.id);
    const columns = steps.filter((one) => whole || ids.has(one.id)).map((one) => ofStep(map, one));
    return columns.length > 0 ? [{ stage: whole ? only : null, columns }] : [];
  });
}

function cardsOf(map: JourneyMap, ids: ReadonlySet<string>): ClipCard[] {
  const steps = stepsOf(map);
  const rows = map.lanes.filter((row) => row.kind !== "path");
  const found = rows.flatMap((row, down) =>
    steps.flatMap((one, right) => cardsIn(row.cells, one.id).filter((each) => ids.has(each.id)).map((each) => ({ down, right, lane: row.kind, card: each }))),
  );
  const [top, left] = [Math.min(...found.map((one) => one.down)), Math.min(...found.map((one) => one.right))];
  return found.map((one) => ({ ...one, down: one.down - top, right: one.right - left }));
}

function lanesOf(map: JourneyMap, ids: ReadonlySet<string>): ClipLane[] {
  const steps = stepsOf(map);
  return map.lanes
    .filter((row) => ids.has(row.id))
    .map((row) => ({
      lane: { ...row, cells: {} },
      cards: steps.flatMap((one, right) => cardsIn(row.cells, one.id).map((each) => ({ right, card: each }))),
    }));
}

/** Rows of texts: the cards at their places, columns under their names, or lanes after their titles. */
function rowsOf(clip: Clip, map: JourneyMap, said: (card: Card) => string): string[][] {
  const columns = clip.groups.flatMap((group) => group.columns);
  const at = new Map<string, string[]>();
  const put = (down: number, right: number, one: Card): void => {
    const key = `${down} ${right}`;
    at.set(key, [...(at.get(key) ?? []), said(one)]);
  };
  for (const one of clip.cards) put(one.down, one.right, one.card);
  if (clip.cards.length === 0) {
    columns.forEach((column, right) => column.cards.forEach((one) => put(1 + map.lanes.findIndex((row) => row.id === one.lane), right, one.card)));
    columns.forEach((column, right) => at.set(`0 ${right}`, [column.step.name]));
    clip.lanes.forEach((row, down) => row.cards.forEach((one) => put(down, one.right, one.card)));
  }
  const places = [...at.keys()].map((key) => key.split(" ").map(Number) as [number, number]);
  const [height, width] = [Math.max(-1, ...places.map(([down]) => down)) + 1, Math.max(-1, ...places.map(([, right]) => right)) + 1];
  return Array.from({ length: height }, (_, down) => Array.from({ length: width }, (__, right) => (at.get(`${down} ${right}`) ?? []).join("\n")));
}

/** What the selected things are on the clipboard: cards; without any, stages and steps; else lanes. Null if there is nothing. */
export function copied(map: JourneyMap, selected: Iterable<string>, library: ReadonlyMap<string, LibraryItem>): Copied | null {
  const ids = new Set(selected);
  const cards = cardsOf(map, ids);
  const groups = cards.length > 0 ? [] : groupsOf(map, ids);
  const lanes = cards.length + groups.length > 0 ? [] : lanesOf(map, ids);
  if (cards.length + groups.length + lanes.length === 0) return null;
  const every = [...cards, ...groups.flatMap((g) => g.columns.flatMap((c) => c.cards)), ...lanes.flatMap((l) => l.cards)].map((one) => one.card);
  const refs = new Set(every.flatMap((one) => (one.ref === null ? [] : [one.ref])));
  const names = [...refs].flatMap((ref) => library.get(ref) ?? []).map((item) => ({ id: item.id, name: item.name }));
  const clip: Clip = { desireline: 2, map: map.id, cards, groups, lanes, names };
  const rows = rowsOf(clip, map, (one) => (one.ref === null ? undefined : library.get(one.ref)?.name) ?? one.text);
  return { json: JSON.stringify(clip), text: toTsv(rows), html: toHtml(rows) };
}
