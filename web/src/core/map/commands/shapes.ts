/** The shapes of everything in a map, as `model/journey_map.py` has them. */

import { LANE_KINDS } from "../document";
import type * as D from "../document";
import { Refused } from "./refused";
import {
  boolean, day, decimal, integer, isObject, list, nullable, object, oneOf, optional, orNull, record, text, type Fields, type Shape,
} from "./shape";

export const id = text(64, 1, /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/);
export const name = text(200);
export const prose = text(5000);
const tags = optional(list(text(60, 1), 0, 50), () => []);
const empty = <T>(shape: Shape<T>, otherwise: T) => optional(shape, () => otherwise);

const rating = orNull(integer(1, 5));
const ratings = object<D.Ratings>({ customer: rating, organisation: rating, expectation: rating });

const QUESTIONS: readonly D.BoundQuestion[] = [
  "people", "share", "goes_on", "drop_off", "open", "time", "loops", "conversion", "repeat", "feedback",
];
const scale = oneOf<D.ScoreScale>(["csat", "ces", "nps"]);
const bindingFields = object<D.Binding>({
  question: oneOf(QUESTIONS), touchpoint: orNull(id), stage: orNull(id), to: orNull(id), days: orNull(integer(1, 365)),
  scale: orNull(scale),
});
const binding: Shape<D.Binding> = (value, place) => {
  const made = bindingFields(value, place);
  if ((made.touchpoint === null) === (made.stage === null)) throw new Refused("bad_shape", place);
  return made;
};

const handOff = object<D.HandOff>({ from: empty(name, ""), to: empty(name, ""), asked_twice: empty(prose, "") });
const side = integer(1, 10000);
const image = object<D.Image>({ sha256: text(64, 64, /^[0-9a-f]{64}$/), alt: empty(name, ""), width: side, height: side });

export const cardFields: Fields<D.Card> = {
  id, text: empty(prose, ""), span: empty(integer(1, 200), 1), tags, owner: orNull(name), ref: orNull(id),
  value: orNull(decimal()), unit: orNull(text(40)), star: empty(boolean, false), bind: orNull(binding),
  ratings: orNull(ratings), hand_off: orNull(handOff), image: orNull(image), link: orNull(id),
  url: orNull(text(2000, 0, /^https?:\/\//)), verdicts: optional(list(id, 0, 50), () => []), kpi: orNull(id),
};
export const card = object(cardFields);

export const stepFields: Fields<D.Step> = {
  id, name: empty(name, ""), description: empty(prose, ""), owner: orNull(name), tags, optional: empty(boolean, false),
  width: orNull(integer(80, 1200)),
};
export const step = object(stepFields);

const stageHead = { id, name: empty(name, ""), description: empty(prose, ""), owner: orNull(name), measures: orNull(name) };
/** A stage without its steps. */
export const head = object<Omit<D.Stage, "steps">>(stageHead);
export const stageFields: Fields<D.Stage> = { ...stageHead, steps: list(step, 1) };
export const stage = object(stageFields);

const above0: Shape<number> = (value, place) => {
  const made = decimal()(value, place);
  if (made <= 0) throw new Refused("bad_shape", place);
  return made;
};
const formula = object<D.Formula>({ centre: decimal(), divisor: above0 });
const recipe = object<D.EmotionRecipe>({
  csat: optional(formula, () => ({ centre: 3, divisor: 1 })),
  ces: optional(formula, () => ({ centre: 4, divisor: 1.5 })),
  nps: optional(formula, () => ({ centre: 5, divisor: 2.5 })),
  scales: optional(record(id, scale), () => ({})),
  weights: optional(record(id, decimal(0, 100)), () => ({})),
  behaviour: empty(boolean, false),
  words: empty(boolean, false),
});

export type Cells = Record<string, D.Card[]>;
const anyCells = record(id, list(card));
/** Cards by step; empty cells are left out. */
const cells: Shape<Cells> = (value, place) =>
  Object.fromEntries(Object.entries(anyCells(value, place)).filter(([, cards]) => cards.length > 0));

export const laneFields: Fields<D.Lane> = {
  id, kind: oneOf(LANE_KINDS), title: orNull(name), channel: orNull(id), collapsed: empty(boolean, false),
  height: orNull(integer(40, 2000)), recipe: orNull(recipe), cells: optional(cells, () => ({})),
};
export const lane = object(laneFields);

/** Cards that come along with new steps: by lane, by step. */
export const cellsByLane = optional(record(id, anyCells), () => ({}));

export const pathFields: Fields<D.IdealPath> = { id, name: empty(name, ""), steps: list(id, 1) };
export const path = object(pathFields);

const ids = optional(list(id), () => []);
export const viewFields: Fields<D.MapView> = {
  id, name, hidden: ids, collapsed: ids, channels: ids, tags, owners: optional(list(name), () => []),
  zoom: empty(decimal(0.1, 4), 1),
};
export const view = object(viewFields);

const goal = object<D.JourneyMap["goal"]>({ text: empty(prose, ""), start: empty(name, ""), end: empty(name, ""), goal: orNull(name) });
const scope = object<D.JourneyMap["scope"]>({ persona: orNull(id), segment: orNull(name) });

export const mapFields: Fields<D.JourneyMap> = {
  schema_version: empty(oneOf([2] as const), 2), id, name: text(200, 1),
  kind: empty(oneOf<D.MapKind>(["current_measured", "current_assumed", "ideal", "experiment"]), "current_assumed"),
  status: empty(oneOf<D.MapStatus>(["draft", "review", "approved", "archived"]), "draft"),
  life_cycle: orNull(oneOf<D.LifeCycle>(["awareness", "consideration", "purchase", "post_purchase", "engagement"])),
  goal: optional(goal, () => goal({}, "")), scope: optional(scope, () => scope({}, "")), definition: orNull(name),
  owner: orNull(name), review: orNull(day), languages: optional(list(text(35, 2)), () => []), tags, template: orNull(name),
  parent: orNull(id), stages: optional(list(stage), () => []), lanes: optional(list(lane), () => []),
  paths: optional(list(path), () => []), views: optional(list(view), () => []),
};
export const map = object(mapFields);

/** Position among siblings once the thing is taken from where it was; null: at the end. */
export const at = optional(nullable(integer()), () => null);
export const given = record((value) => value as string, (value) => value, 1);
export const anObject: Shape<Record<string, unknown>> = (value, place) => {
  if (!isObject(value)) throw new Refused("bad_shape", place);
  return value;
};
