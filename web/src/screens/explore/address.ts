/** A question and all that belongs to it, to and from addresses and requests. Framework-free, so that it can be tested. */

import { fromQuery as filtersOf, toQuery as filtersTo } from "../../core/filters";
import type { Ask, Asked, Filters, QuestionName } from "../../core/types";
import { definitionSent, FRAME, frameOf, putFrame, received, sent, type Frame } from "./frame";
import { keysOf, readAll, valuesIn, writeAll, type AnyQuestion } from "./questions/question";
import { isQuestion, questionOf, REGISTRY } from "./questions/registry";

/** Everything that the address says of a question. */
export interface Asking {
  question: QuestionName;
  fields: Record<string, unknown>;
  looks: Record<string, unknown>;
  frame: Frame;
  filters: Filters;
}

export type Changes = Partial<Omit<Asking, "frame">> & { frame?: Partial<Frame> };

export function read(question: QuestionName, query: URLSearchParams): Asking {
  const described = questionOf(question);
  return { question, fields: readAll(described.fields, query), looks: readAll(described.looks, query), frame: frameOf(query), filters: filtersOf(query) };
}

/** The query of a question. Of `before` only what no question knows is kept, such as the language. */
export function write(asking: Asking, before: URLSearchParams = new URLSearchParams()): URLSearchParams {
  const query = filtersTo(asking.filters, before);
  for (const key of ALL_KEYS) query.delete(key);
  putFrame(asking.frame, query);
  const described = questionOf(asking.question);
  writeAll(described.fields, asking.fields, query);
  writeAll(described.looks, asking.looks, query);
  return query;
}

/** The query of the landing page: who and when, no question. */
export function around({ frame, filters }: Pick<Asking, "frame" | "filters">, before: URLSearchParams): URLSearchParams {
  const query = filtersTo(filters, before);
  putFrame({ ...frame, side: "differences" }, query);
  return query;
}

/** A question that starts afresh within the same frame. */
export const fresh = (question: QuestionName, { frame, filters }: Pick<Asking, "frame" | "filters">): Asking => ({ ...read(question, new URLSearchParams()), frame, filters });

/** The part of a request that the frame gives; what is as it always is stays out. */
export function shared({ frame, filters }: Pick<Asking, "frame" | "filters">): Asked {
  const { grain, byEventName, segment, definition, today } = frame;
  return {
    grain,
    by_event_name: byEventName,
    filters,
    ...(segment && { segment: sent(segment) }),
    ...(definition && { definition: definitionSent(definition) }),
    ...(today && { today }),
  };
}

/** The request, or null while something needed is missing. */
export function requestOf(asking: Asking): Ask | null {
  const own = questionOf(asking.question).request(asking.fields);
  return own === null ? null : ({ ...shared(asking), ...own } as Ask);
}

/** What a request of before asked, so that a saved question can be opened; null if its question is unknown. */
export function fromRequest(question: string, request: Record<string, unknown>): Asking | null {
  if (!isQuestion(question)) return null;
  const described = questionOf(question);
  const { grain, by_event_name, filters, segment, definition, today } = request as Asked;
  const frame: Frame = {
    ...frameOf(new URLSearchParams()),
    grain: grain ?? "person",
    byEventName: by_event_name ?? false,
    segment: received(segment),
    definition: definition === null || definition === undefined ? null : String(definition),
    today: today ?? null,
  };
  return { question, fields: valuesIn(described.fields, request), looks: valuesIn(described.looks, {}), frame, filters: tidy(filters) };
}

/** Filters without their empty parts. */
const tidy = (filters: Filters = {}): Filters => filtersOf(filtersTo(present(filters)));
const present = (filters: Filters): Filters => Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== null)) as Filters;

export const keysOfQuestion = ({ fields, looks }: AnyQuestion): string[] => [...keysOf(fields), ...keysOf(looks)];
export const FRAME_KEYS = keysOf(FRAME);
const ALL_KEYS = new Set(["drill", "cell", ...FRAME_KEYS, ...Object.values(REGISTRY).flatMap((described) => keysOfQuestion(described as unknown as AnyQuestion))]);
