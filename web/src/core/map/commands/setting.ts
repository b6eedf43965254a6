/** Setting fields: which may be set, and what they may be. */

import { Refused } from "./refused";
import type { Fields, Optional, Shape } from "./shape";

const shapeOf = <T>(field: Shape<T> | Optional<T>): Shape<T> => (typeof field === "function" ? field : field.shape);

/** The given values with defaults inside, and what the fields were before. */
export function values<T extends object>(
  fields: Fields<T>, settable: readonly (keyof T & string)[], given: Record<string, unknown>, thing: T,
): { set: Partial<T>; old: Partial<T> } {
  for (const name in given) if (!settable.includes(name as keyof T & string)) throw new Refused("bad_field", name);
  const set: Partial<T> = {};
  const old: Partial<T> = {};
  for (const name of Object.keys(given) as (keyof T & string)[]) {
    set[name] = shapeOf(fields[name])(given[name], `set.${name}`);
    old[name] = thing[name];
  }
  return { set, old };
}

/** All fields but those named. */
export const allBut = <T extends object>(fields: Fields<T>, ...fixed: (keyof T)[]): (keyof T & string)[] =>
  (Object.keys(fields) as (keyof T & string)[]).filter((name) => !fixed.includes(name));
