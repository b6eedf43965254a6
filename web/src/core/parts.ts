/** The parts of the catalogues: which texts stand in which, and which screens need which. */

import type { Screen } from "./router";

export const LANGUAGES = ["en", "pl", "hr"] as const;

/** Texts whose keys begin with one of these are loaded with the screens that need them; all others at once. */
export const PARTS = ["discover", "explore", "kpi", "map", "obstacles", "opportunities", "persona", "plan", "proof", "sources", "voice"] as const;
export type Part = (typeof PARTS)[number];

/** But not these few, which the frame and many screens say. */
const SHARED = ["explore.question.", "explore.saved_questions", "map.go_on", "map.life_cycle.", "map.status.", "obstacles.overlap", "persona.kind.", "persona.open", "proof.verdict."];

/** What each screen needs beside what is shared. */
export const PARTS_OF: Partial<Record<Screen, readonly Part[]>> = {
  discover: ["discover", "explore"],
  explore: ["explore"],
  kpis: ["kpi"],
  map: ["map"],
  maps: ["map"],
  obstacles: ["obstacles", "map"],
  opportunities: ["opportunities"],
  personas: ["persona", "discover", "explore", "map"],
  plan: ["plan", "proof", "explore"],
  proof: ["proof", "explore"],
  sources: ["sources"],
  voice: ["voice"],
};

/** The part that a key stands in. */
export function partOf(key: string): Part | "shared" {
  if (SHARED.some((start) => key.startsWith(start))) return "shared";
  const head = key.slice(0, key.indexOf("."));
  return PARTS.find((part) => part === head) ?? "shared";
}
