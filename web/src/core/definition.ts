/** The definition: stages, touchpoints and goals, kept apart from the data. Written as the server's model of the same name. */

export interface MatchRule {
  source?: string | null;
  name?: string | null;
  channel?: string | null;
  properties?: Record<string, string>;
}

export interface Touchpoint {
  name: string;
  channel?: string | null;
  stage?: string | null;
  match: MatchRule[];
  caveat?: string | null;
}

export interface Goal {
  name: string;
  touchpoints: string[];
}

export interface Definition {
  name: string;
  version: number;
  created?: string | null;
  origin: "proposed" | "edited";
  coherence?: number | null;
  stages: { name: string }[];
  touchpoints: Touchpoint[];
  goals: Goal[];
  micro_conversions: Goal[];
  journey: { starts: string[]; ends: string[]; gap_days: number };
}
