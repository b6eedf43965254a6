/** What the workbench asks, read from the address (`/explore/funnel?step=…`) and written back to it. */

import { href } from "../../core/router";
import type { QuestionName } from "../../core/types";
import { router } from "../../state/router.svelte";
import { workspace } from "../../state/workspace.svelte";
import { around, fresh, read, write, type Asking, type Changes } from "./address";
import type { Frame } from "./frame";
import { isQuestion, type REGISTRY } from "./questions/registry";

/** The question of the address; null on the landing page. */
export function question(): QuestionName | null {
  const [name] = router.route.parts;
  return isQuestion(name) ? name : null;
}

/** What is asked; without a question of the address, what the first one starts with. */
export const asking = (): Asking => read(question() ?? "funnel", router.route.query);
export const frame = (): Frame => asking().frame;

/** How each question stood when it was left, so that coming back finds it so. */
const left = new Map<QuestionName, Asking>();

/** Asks something else of the same question; the address changes in place, so that "back" leaves the question and not each click. */
export function ask(changes: Changes): void {
  router.replaceQuery(write(merged(changes), router.route.query));
}

function merged(changes: Changes): Asking {
  const now = asking();
  return {
    ...now,
    ...changes,
    fields: { ...now.fields, ...changes.fields },
    looks: { ...now.looks, ...changes.looks },
    frame: { ...now.frame, ...changes.frame },
  };
}

/** The address of anything that can be asked. */
export const addressOf = (asked: Asking): string => href("explore", [asked.question], write(asked, language()));

export const remember = (asked: Asking): void => void left.set(asked.question, asked);

/** The way to another question: as it was left, within the frame of now. */
export function wayTo(name: QuestionName): string {
  const now = asking();
  const before = left.get(name) ?? fresh(name, now);
  return addressOf({ ...before, frame: now.frame, filters: now.filters });
}

/** The way to all questions, within the frame of now. */
export const wayUp = (): string => href("explore", [], around(asking(), language()));

type FieldsOf<N extends QuestionName> = Parameters<(typeof REGISTRY)[N]["request"]>[0];

/** The way to a question with some of its parameters set, within the frame of now. */
export function wayWith<N extends QuestionName>(name: N, fields: Partial<FieldsOf<N>>): string {
  const start = fresh(name, asking());
  return addressOf({ ...start, fields: { ...start.fields, ...fields } });
}

function language(): URLSearchParams {
  const lang = router.route.query.get("lang");
  return new URLSearchParams(lang ? { lang } : {});
}

/** The names that steps and anchors can have, as the question will be asked. */
export function names(): string[] {
  const known = workspace.dimensions;
  if (!known) return [];
  return frame().byEventName || known.touchpoints.length === 0 ? known.event_names : known.touchpoints;
}
