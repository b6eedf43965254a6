/** Every question of the workbench, in the order in which the navigation shows them. A question is added here and as a folder with
 *  `params.ts`, `Rail.svelte` (its parameters) and `Answer.svelte` (its sentence, picture and table). */

import type { QuestionName } from "../../../core/types";
import { attribution } from "./attribution/params";
import { durations } from "./durations/params";
import { funnel } from "./funnel/params";
import { lifecycle } from "./lifecycle/params";
import { microConversions } from "./micro_conversions/params";
import { paths } from "./paths/params";
import type { AnyQuestion } from "./question";
import { retention } from "./retention/params";
import { sessions } from "./sessions/params";
import { stickiness } from "./stickiness/params";
import { switches } from "./switches/params";
import { transitions } from "./transitions/params";
import { variants } from "./variants/params";

export const REGISTRY = {
  funnel,
  paths,
  transitions,
  variants,
  durations,
  sessions,
  retention,
  lifecycle,
  stickiness,
  attribution,
  switches,
  micro_conversions: microConversions,
} as const satisfies Record<QuestionName, unknown>;

export const QUESTION_NAMES = Object.keys(REGISTRY) as QuestionName[];

export const isQuestion = (name: string | null | undefined): name is QuestionName => Object.hasOwn(REGISTRY, name ?? "");

/** A question whose own types do not matter, as the frame sees it. */
export const questionOf = (name: QuestionName): AnyQuestion => REGISTRY[name] as unknown as AnyQuestion;
