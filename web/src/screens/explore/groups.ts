/** The questions as the navigation shows them. */

import type { QuestionName } from "../../core/types";
import { GROUPS, type Group } from "./questions/question";
import { QUESTION_NAMES, REGISTRY } from "./questions/registry";

export const grouped = (): { group: Group; questions: QuestionName[] }[] =>
  GROUPS.map((group) => ({ group, questions: QUESTION_NAMES.filter((name) => REGISTRY[name].group === group) }));
