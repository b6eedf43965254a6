/** The views of each question, loaded when it is first asked. */

import type { Component } from "svelte";
import type { QuestionName } from "../../../core/types";
import type { AnswerProps, RailProps } from "./question";

/** Each view knows the types of its own question; the frame does not. */
type Loose = any;
export interface Views {
  name: QuestionName;
  Rail: Component<RailProps<Loose>>;
  Answer: Component<AnswerProps<Loose>>;
  /** In place of the answer while something needed is missing. */
  Start: Component<RailProps<Loose>> | null;
  sentence: Sentence;
}
/** What an answer says, in plain text. */
export type Sentence = (result: Loose, fields: Loose) => string;

const rails = import.meta.glob<{ default: Views["Rail"] }>("./*/Rail.svelte");
const answers = import.meta.glob<{ default: Views["Answer"] }>("./*/Answer.svelte");
const starts = import.meta.glob<{ default: Views["Rail"] }>("./*/Start.svelte");
const sentences = import.meta.glob<{ sentence: Sentence }>("./*/sentence.ts");
const loaded = new Map<QuestionName, Promise<Views>>();

export function views(name: QuestionName): Promise<Views> {
  const known = loaded.get(name);
  if (known) return known;
  const pending = load(name);
  loaded.set(name, pending);
  pending.catch(() => loaded.delete(name));
  return pending;
}

/** Only the words of a question, for places that show no picture. */
export async function sentenceOf(name: QuestionName): Promise<Sentence> {
  return (await needed(sentences, `./${name}/sentence.ts`)).sentence;
}

async function load(name: QuestionName): Promise<Views> {
  const [Rail, Answer, Start, sentence] = await Promise.all([
    needed(rails, `./${name}/Rail.svelte`),
    needed(answers, `./${name}/Answer.svelte`),
    starts[`./${name}/Start.svelte`]?.() ?? null,
    sentenceOf(name),
  ]);
  return { name, Rail: Rail.default, Answer: Answer.default, Start: Start?.default ?? null, sentence };
}

function needed<T>(files: Record<string, () => Promise<T>>, path: string): Promise<T> {
  const file = files[path];
  return file ? file() : Promise.reject(new Error(path));
}
