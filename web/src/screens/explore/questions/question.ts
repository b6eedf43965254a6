/** What a question is for the workbench: its parameters and the request that they make. Its views are `Rail.svelte` and `Answer.svelte` beside it. */

import type { Answer, Ask, Asked, QuestionName } from "../../../core/types";
import type { Param, Params, ValuesOf } from "./param";

export const GROUPS = ["ways", "time", "return", "goal"] as const;
export type Group = (typeof GROUPS)[number];

/** A request without what the frame adds: counted unit, names, filters, segment, definition, today. */
export type Own<N extends QuestionName> = Omit<Ask<N>, keyof Asked>;

export interface Question<N extends QuestionName, F, L> {
  name: N;
  group: Group;
  /** Parameters that are sent; each is named as its field of the request. */
  fields: Params<F>;
  /** Parameters that only change what is shown. */
  looks: Params<L>;
  /** The request, or null while something needed is missing. */
  request(fields: F): Own<N> | null;
}

interface Described<N extends QuestionName, P, Q> {
  group: Group;
  fields: P;
  looks?: Q;
  request(fields: ValuesOf<P>): Own<N> | null;
}

type AnyParams = Record<string, Param<any>>;
export type AnyQuestion = Question<QuestionName, Record<string, unknown>, Record<string, unknown>>;

/** Describes a question. */
export function question<N extends QuestionName, P extends AnyParams, Q extends AnyParams = Record<never, never>>(
  name: N,
  { group, fields, looks, request }: Described<N, P, Q>,
): Question<N, ValuesOf<P>, ValuesOf<Q>> {
  return { name, group, fields: fields as unknown as Params<ValuesOf<P>>, looks: (looks ?? {}) as unknown as Params<ValuesOf<Q>>, request };
}

type Of<D> = D extends Question<infer N, infer F, infer L> ? { name: N; fields: F; looks: L } : never;

/** What `Rail.svelte` of a question gets: `RailProps<typeof funnel>`. */
export interface RailProps<D> {
  fields: Of<D>["fields"];
  looks: Of<D>["looks"];
  /** Asks something else; the address follows. */
  set(changes: Partial<Of<D>["fields"] & Of<D>["looks"]>): void;
}

/** What `Answer.svelte` of a question gets. The frame has fetched `result` and says what it covers below. */
export interface AnswerProps<D> extends RailProps<D> {
  result: Answer<Of<D>["name"]>;
}

/** Reads parameters from the address. */
export function readAll<F>(params: Params<F>, query: URLSearchParams): F {
  const entries = Object.entries(params as AnyParams).map(([name, param]) => [name, param.read(query.getAll(param.key ?? name))]);
  return Object.fromEntries(entries) as F;
}

/** Writes what differs from the start into `query`, in place of what was there. */
export function writeAll<F>(params: Params<F>, values: F, query: URLSearchParams): void {
  for (const [name, param] of Object.entries(params as AnyParams)) {
    const key = param.key ?? name;
    const value = (values as Record<string, unknown>)[name];
    query.delete(key);
    if (JSON.stringify(value) === JSON.stringify(param.start)) continue;
    for (const text of param.write(value)) query.append(key, text);
  }
}

/** The values in a request that was made before, e.g. of a saved question. */
export function valuesIn<F>(params: Params<F>, request: Record<string, unknown>): F {
  const entries = Object.entries(params as AnyParams).map(([name, param]) => [name, request[name] ?? param.start]);
  return Object.fromEntries(entries) as F;
}

export const keysOf = (params: object): string[] => Object.entries(params as AnyParams).map(([name, param]) => param.key ?? name);
