/** The journey map as the server writes it; the published JSON Schema says what each field means. */

export type MapKind = "current_measured" | "current_assumed" | "ideal" | "experiment";
export type MapStatus = "draft" | "review" | "approved" | "archived";
export type LifeCycle = "awareness" | "consideration" | "purchase" | "post_purchase" | "engagement";
export const LANE_KINDS = [
  "path", "actions", "touchpoints", "thoughts", "emotion", "pain_points", "opportunities", "metrics", "images", "text",
  "backstage", "systems", "departments", "hand_offs", "links", "questions", "self_service",
] as const;
export type LaneKind = (typeof LANE_KINDS)[number];
export type BoundQuestion =
  | "people" | "share" | "goes_on" | "drop_off" | "open" | "time" | "loops" | "conversion" | "repeat" | "feedback";
export type ScoreScale = "csat" | "ces" | "nps";

export interface Ratings {
  customer: number | null;
  organisation: number | null;
  expectation: number | null;
}

export interface Binding {
  question: BoundQuestion;
  touchpoint: string | null;
  stage: string | null;
  to: string | null;
  days: number | null;
  scale: ScoreScale | null;
}

export interface HandOff {
  from: string;
  to: string;
  asked_twice: string;
}

export interface Image {
  sha256: string;
  alt: string;
  width: number;
  height: number;
}

export interface Card {
  id: string;
  text: string;
  span: number;
  tags: string[];
  owner: string | null;
  ref: string | null;
  value: number | null;
  unit: string | null;
  star: boolean;
  bind: Binding | null;
  ratings: Ratings | null;
  hand_off: HandOff | null;
  image: Image | null;
  link: string | null;
  url: string | null;
  /** Actions that were done here and have a verdict. */
  verdicts: string[];
  /** KPI of the registry that a metric shows. */
  kpi: string | null;
}

export interface Step {
  id: string;
  name: string;
  description: string;
  owner: string | null;
  tags: string[];
  optional: boolean;
  width: number | null;
}

export interface Stage {
  id: string;
  name: string;
  description: string;
  owner: string | null;
  measures: string | null;
  steps: Step[];
}

export interface Formula {
  centre: number;
  divisor: number;
}

export interface EmotionRecipe {
  csat: Formula;
  ces: Formula;
  nps: Formula;
  scales: Record<string, ScoreScale>;
  weights: Record<string, number>;
  behaviour: boolean;
  words: boolean;
}

export interface Lane {
  id: string;
  kind: LaneKind;
  title: string | null;
  channel: string | null;
  collapsed: boolean;
  height: number | null;
  recipe: EmotionRecipe | null;
  /** By step id, top to bottom; empty cells are absent. */
  cells: Record<string, Card[]>;
}

export interface IdealPath {
  id: string;
  name: string;
  steps: string[];
}

export interface MapView {
  id: string;
  name: string;
  hidden: string[];
  collapsed: string[];
  channels: string[];
  tags: string[];
  owners: string[];
  zoom: number;
}

export interface JourneyMap {
  schema_version: 2;
  id: string;
  name: string;
  kind: MapKind;
  status: MapStatus;
  life_cycle: LifeCycle | null;
  goal: { text: string; start: string; end: string; goal: string | null };
  scope: { persona: string | null; segment: string | null };
  definition: string | null;
  owner: string | null;
  review: string | null;
  languages: string[];
  tags: string[];
  template: string | null;
  parent: string | null;
  stages: Stage[];
  lanes: Lane[];
  paths: IdealPath[];
  views: MapView[];
}

export type LibraryKind = "touchpoint" | "channel" | "system" | "department" | "persona" | "kpi";

export interface LibraryItem {
  id: string;
  kind: LibraryKind;
  name: string;
  description: string;
  channel: string | null;
  measures: string[];
}

/** What fields a new thing has when nothing says otherwise. */
export const newCard = (id: string, given: Partial<Card> = {}): Card => ({
  id, text: "", span: 1, tags: [], owner: null, ref: null, value: null, unit: null, star: false, bind: null,
  ratings: null, hand_off: null, image: null, link: null, url: null, verdicts: [], kpi: null, ...given,
});

export const newStep = (id: string, given: Partial<Step> = {}): Step => ({
  id, name: "", description: "", owner: null, tags: [], optional: false, width: null, ...given,
});

export const newStage = (id: string, steps: Step[], given: Partial<Stage> = {}): Stage => ({
  id, name: "", description: "", owner: null, measures: null, ...given, steps,
});

export const newLane = (id: string, kind: LaneKind, given: Partial<Lane> = {}): Lane => ({
  id, kind, title: null, channel: null, collapsed: false, height: null, recipe: null, cells: {}, ...given,
});

export const stepsOf = (map: JourneyMap): Step[] => map.stages.flatMap((stage) => stage.steps);
