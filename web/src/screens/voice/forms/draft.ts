/** A form while it is written, and what is still missing from it. */

import type { Choice, Form, FormFields, FormLanguage, FormQuestion, QuestionKind, Texts } from "../../../core/forms";

export const TONGUES: readonly FormLanguage[] = ["en", "pl", "hr"];

export const noTexts = (): Texts => ({ en: "", pl: "", hr: "" });

/** A name for the data that no other of the same list has. */
export function freeId(stem: string, taken: readonly { id: string }[]): string {
  const names = new Set(taken.map((one) => one.id));
  if (!names.has(stem)) return stem;
  for (let n = 2; ; n += 1) if (!names.has(`${stem}_${n}`)) return `${stem}_${n}`;
}

export const newChoice = (taken: readonly Choice[]): Choice => ({ id: freeId(`choice_${taken.length + 1}`, taken), text: noTexts() });

export function newQuestion(kind: QuestionKind, taken: readonly FormQuestion[], text: Texts = noTexts()): FormQuestion {
  const choices: Choice[] = [];
  if (kind === "choice") for (let n = 0; n < 2; n += 1) choices.push(newChoice(choices));
  return { id: freeId(kind === "text" ? "comment" : kind.replace(/_.*/, "").replace(/\d+$/, ""), taken), kind, text, required: false, choices };
}

/** Another kind of the same question. */
export const asKind = (question: FormQuestion, kind: QuestionKind): FormQuestion => ({ ...question, kind, choices: kind === "choice" ? newQuestion("choice", []).choices : [] });

export const newForm = (texts: { question: Texts; comment: Texts }): FormFields => {
  const first = newQuestion("csat_5", [], texts.question);
  return {
    name: "", touchpoint: "", channel: "web", title: noTexts(), intro: noTexts(), thanks: noTexts(), questions: [first, newQuestion("text", [first], texts.comment)],
    open: true, opens: null, closes: null, access: "link", accent: "#1f6f5c", expires_days: 30, least_seconds: 2, most_per_minute: 60,
  };
};

/** What people say of a form, without what only the server says. */
export function fieldsOf(form: Form): FormFields {
  const { name, touchpoint, channel, title, intro, thanks, questions, open, opens, closes, access, accent, expires_days, least_seconds, most_per_minute } = structuredClone(form);
  return { name, touchpoint, channel, title, intro, thanks, questions, open, opens, closes, access, accent, expires_days, least_seconds, most_per_minute };
}

/** Only the fields that differ. */
export function changes(before: FormFields, now: FormFields): Partial<FormFields> {
  const found = Object.entries(now).filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(before[key as keyof FormFields]));
  return Object.fromEntries(found) as Partial<FormFields>;
}

export type Missing = "name" | "touchpoint" | "question" | "text" | "choice";

/** What the server would refuse, the first of each. */
export function missing(form: FormFields): Missing[] {
  const blank = (texts: Texts): boolean => TONGUES.every((tongue) => !texts[tongue].trim());
  const found: Missing[] = [];
  if (!form.name.trim()) found.push("name");
  if (!form.touchpoint.trim()) found.push("touchpoint");
  if (form.questions.length === 0) found.push("question");
  if (form.questions.some((one) => blank(one.text))) found.push("text");
  if (form.questions.some((one) => one.kind === "choice" && (one.choices.length < 2 || one.choices.some((choice) => blank(choice.text))))) found.push("choice");
  return found;
}

/** Texts that one language lacks while another has them. */
export function untranslated(form: FormFields, tongue: FormLanguage): number {
  const texts = [form.title, form.intro, form.thanks, ...form.questions.flatMap((one) => [one.text, ...one.choices.map((choice) => choice.text)])];
  return texts.filter((one) => !one[tongue].trim() && TONGUES.some((other) => one[other].trim())).length;
}

/** In a language, else in the first that there is, as the hosted page says it. */
export const said = (texts: Texts, tongue: FormLanguage): string => texts[tongue] || texts.en || texts.pl || texts.hr;
