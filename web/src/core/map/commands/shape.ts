/** Reads values from outside: what they must be, with the model's defaults for what is missing. */

import { Refused } from "./refused";

export type Shape<T> = (value: unknown, place: string) => T;

export interface Optional<T> {
  shape: Shape<T>;
  otherwise: () => T;
}

export type Fields<T> = { readonly [K in keyof T]-?: Shape<T[K]> | Optional<T[K]> };

const bad = (place: string): Refused => new Refused("bad_shape", place || "command");
const length = (text: string): number => [...text].length;
const LONE_SURROGATE = /\p{Surrogate}/u;

export const optional = <T>(shape: Shape<T>, otherwise: () => T): Optional<T> => ({ shape, otherwise });

export const nullable =
  <T>(shape: Shape<T>): Shape<T | null> =>
  (value, place) =>
    value === null ? null : shape(value, place);

export const orNull = <T>(shape: Shape<T>): Optional<T | null> => optional(nullable(shape), () => null);

export function text(longest: number, shortest = 0, pattern?: RegExp): Shape<string> {
  return (value, place) => {
    if (typeof value !== "string" || LONE_SURROGATE.test(value) || (pattern && !pattern.test(value))) throw bad(place);
    if (value.length < shortest || (value.length > longest && length(value) > longest)) throw bad(place);
    return value;
  };
}

export function integer(lowest = -Infinity, highest = Infinity): Shape<number> {
  return (value, place) => {
    if (!Number.isSafeInteger(value) || (value as number) < lowest || (value as number) > highest) throw bad(place);
    return value as number;
  };
}

export function decimal(lowest = -Infinity, highest = Infinity): Shape<number> {
  return (value, place) => {
    if (!Number.isFinite(value) || (value as number) < lowest || (value as number) > highest) throw bad(place);
    return value as number;
  };
}

export const boolean: Shape<boolean> = (value, place) => {
  if (typeof value !== "boolean") throw bad(place);
  return value;
};

export function oneOf<T extends string | number>(values: readonly T[]): Shape<T> {
  return (value, place) => {
    if (!values.includes(value as T)) throw bad(place);
    return value as T;
  };
}

/** A calendar day, YYYY-MM-DD. */
export const day: Shape<string> = (value, place) => {
  const parts = typeof value === "string" ? /^(\d{4})-(\d\d)-(\d\d)$/.exec(value) : null;
  const date = parts ? new Date(`${parts[0]}T00:00:00Z`) : null;
  if (!date || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== value || value < "0001") throw bad(place);
  return value as string;
};

export function list<T>(item: Shape<T>, shortest = 0, longest = Infinity): Shape<T[]> {
  return (value, place) => {
    if (!Array.isArray(value) || value.length < shortest || value.length > longest) throw bad(place);
    return value.map((one, at) => item(one, `${place}.${at}`));
  };
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export function record<T>(key: Shape<string>, item: Shape<T>, fewest = 0): Shape<Record<string, T>> {
  return (value, place) => {
    if (!isObject(value)) throw bad(place);
    const entries = Object.entries(value).filter(([, one]) => one !== undefined);
    if (entries.length < fewest) throw bad(place);
    return Object.fromEntries(entries.map(([name, one]) => [key(name, place), item(one, `${place}.${name}`)]));
  };
}

export const anything: Shape<unknown> = (value) => value;

/** An object with these fields and no others. */
export function object<T>(fields: Fields<T>): Shape<T> {
  const names = Object.keys(fields) as (keyof T & string)[];
  const known = new Set<string>(names);
  return (value, place) => {
    if (!isObject(value)) throw bad(place);
    const inside = (name: string): string => (place ? `${place}.${name}` : name);
    for (const name in value) if (!known.has(name) && value[name] !== undefined) throw bad(inside(name));
    const made: Partial<T> = {};
    for (const name of names) {
      const field = fields[name];
      const given = Object.hasOwn(value, name) ? value[name] : undefined;
      if (typeof field === "function") made[name] = field(given, inside(name));
      else made[name] = given === undefined ? field.otherwise() : field.shape(given, inside(name));
    }
    return made as T;
  };
}
