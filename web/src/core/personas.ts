/** Persona cards: what a team typed beside what is measured. Written as the server's models of the same names, with their client. */

import type { Api, Options } from "./api";
import type { Image } from "./map/document";
import type { PeoplePage, Segment } from "./types";

export type CardKind = "measured" | "rules" | "ideal_customer" | "assumed";
export const PAIRS = ["introvert_extrovert", "thinking_feeling", "planning_spontaneous", "careful_daring", "price_quality"] as const;
export type SliderPair = (typeof PAIRS)[number];

/** Where a persona stands between two poles, from -2 (wholly left) to +2; a standard pair, or poles of one's own. */
export interface Slider {
  pair: SliderPair | null;
  left: string | null;
  right: string | null;
  value: number;
}

export interface CardValues {
  summary: string;
  age: string;
  gender: string;
  occupation: string;
  location: string;
  family: string;
  interests: string[];
  goals: string[];
  challenges: string[];
  personality: Slider[];
  quote: string;
  picture: Image;
  brands: string[];
  devices: string[];
  channels: string[];
}
export type FieldName = keyof CardValues;

/** As it is sent: null takes a field away, an absent one stays. */
export type CardFields = { [N in FieldName]?: CardValues[N] | null } & { custom?: Record<string, string | null> };

export interface TypedField<T> {
  value: T;
  origin: { kind: "typed"; by: string; at: string };
}
export type TypedFields = { [N in FieldName]: TypedField<CardValues[N]> | null } & { custom: Record<string, TypedField<string>> };

export interface PersonaCard {
  id: string;
  name: string;
  kind: CardKind;
  revision: number;
  changed: string | null;
  ideal_customer: boolean;
  members: Segment | null;
  found_on: string | null;
  typed: TypedFields;
  segment: string | null;
}

export interface ListedCard {
  id: string;
  name: string;
  kind: CardKind;
  revision: number;
  changed: string | null;
  summary: string | null;
  picture: Image | null;
  segment: string | null;
  maps: string[];
}

export interface FoundGroup {
  question: "personas" | "types";
  fields: Record<string, unknown>;
  cell: string;
}

/** Whose card it is: a group that was found, or a segment; neither is nobody. */
export interface Whose {
  group?: FoundGroup | null;
  segment?: Segment | string | null;
}
export interface NewCard extends Whose {
  name: string;
  ideal_customer?: boolean;
  fields?: CardFields;
}
export interface CardChange extends Whose {
  name?: string;
  ideal_customer?: boolean;
  fields?: CardFields;
}

export type TraitKey = "size" | "share" | "value" | "pace" | "goals" | "channels" | "touchpoints" | "types" | "topics" | "languages" | "devices" | "regions" | "trend";
export type TraitUnit = "people" | "share" | "seconds" | "value";
export type Hidden = "no_people" | "no_group" | "few_people" | "would_tell";

export interface TraitPart {
  name: string;
  where: string | null;
  n: number | null;
  of: number | null;
  share: number | null;
  low: number | null;
  high: number | null;
  everyone: number | null;
  log2: number | null;
  differs: boolean | null;
  hidden: Hidden | null;
}

export interface MeasuredTrait {
  key: TraitKey;
  unit: TraitUnit;
  origin: { kind: "measured"; question: string; definition_version: number | null; as_of: string };
  of_property: string | null;
  value: number | null;
  n: number | null;
  of: number | null;
  low: number | null;
  high: number | null;
  everyone: number | null;
  differs: boolean | null;
  hidden: Hidden | null;
  parts: TraitPart[];
  cut: number;
}

export interface Kept {
  found_on: string;
  n: number;
  of: number;
  share: number;
  low: number;
  high: number;
  alarm: boolean;
}

export interface MeasuredCard {
  id: string;
  name: string;
  kind: CardKind;
  people: number | null;
  everyone: number | null;
  threshold: number;
  as_of: string;
  first: string | null;
  last: string | null;
  hidden: Hidden | null;
  kept: Kept | null;
  traits: MeasuredTrait[];
}

export interface MatrixCell {
  persona: string;
  value: number | null;
  n: number | null;
  low: number | null;
  high: number | null;
  hidden: Hidden | null;
}

export interface MatrixRow {
  key: TraitKey;
  unit: TraitUnit;
  part: string | null;
  cells: MatrixCell[];
  /** Pairs of cards whose 95 % intervals do not overlap. */
  differ: [string, string][];
}

export interface CardMatrix {
  personas: MeasuredCard[];
  rows: MatrixRow[];
  overlap: [string, string, number][];
}

export interface AssignedCard {
  id: string;
  name: string;
  kind: CardKind;
}

/** Before the name of a card wherever a saved segment can be named. */
export const PREFIX = "persona:";

export type PersonaApi = ReturnType<typeof personaApi>;

export function personaApi(api: Api, language: () => string) {
  const at = (card: string, rest = ""): string => `/personas/${encodeURIComponent(card)}${rest}`;
  return {
    list: (o?: Options) => api.get<ListedCard[]>("/personas", {}, o),
    create: (asked: NewCard, o?: Options) => api.post<PersonaCard>("/personas", asked, o),
    card: (card: string, o?: Options) => api.get<PersonaCard>(at(card), {}, o),
    change: (card: string, revision: number, change: CardChange, o?: Options) => api.send<PersonaCard>("PATCH", at(card), { revision, ...change }, o),
    remove: (card: string, o?: Options) => api.send<null>("DELETE", at(card), undefined, o),
    /** `thorough`: journey types too, and whether a group is the same; that takes its time. */
    measured: (card: string, thorough: boolean, o?: Options) => api.get<MeasuredCard>(at(card, "/measured"), { thorough: thorough ? "true" : null }, o),
    /** All cards if none are named. */
    compare: (cards: readonly string[] = [], o?: Options) =>
      api.get<CardMatrix>(`/personas/compare${cards.length ? `?${new URLSearchParams(cards.map((id) => ["persona", id])).toString()}` : ""}`, {}, o),
    /** With a condition: those for whom it holds too. */
    people: (card: string, where: string | null, limit: number, offset: number, o?: Options) =>
      api.get<PeoplePage>(at(card, "/people"), { where, limit, offset }, o),
    ofPerson: (person: string, o?: Options) => api.get<AssignedCard[]>(`/personas/of/${encodeURIComponent(person)}`, {}, o),
    exportAddress: (card: string) => `/api${at(card, "/export")}?lang=${language()}`,
  };
}
