/** A parameter in the address: how it is read from there and written back. Nonsense reads as what the screen starts with. */

export interface Param<T> {
  /** Its key in the address; without one, the name of its field. */
  key?: string;
  start: T;
  /** From all values of the key, in order. */
  read(values: readonly string[]): T;
  /** To values of the key. */
  write(value: T): string[];
}

export type Params<F> = { [K in keyof F]: Param<F[K]> };
/** The values that a record of parameters holds. */
export type ValuesOf<P> = { [K in keyof P]: P[K] extends Param<infer T> ? T : never };

const DURATION = /^(\d+(?:\.\d+)?)([smhdw])$/;

/** The parameter under another key of the address. */
export const under = <T>(key: string, param: Param<T>): Param<T> => ({ ...param, key });

export function oneOf<const T extends string>(known: readonly T[], start: NoInfer<T>): Param<T> {
  return { start, read: ([value]) => known.find((k) => k === value) ?? start, write: (value) => [value] };
}

export function someOf<const T extends string>(known: readonly T[]): Param<T | null> {
  return { start: null, read: ([value]) => known.find((k) => k === value) ?? null, write: (value) => (value === null ? [] : [value]) };
}

export function text(start: string): Param<string>;
export function text(): Param<string | null>;
export function text(start: string | null = null): Param<string> | Param<string | null> {
  return { start, read: ([value]) => value || start, write: (value: string | null) => (value === null ? [] : [value]) } as Param<string | null>;
}

/** A span such as `7d`. */
export function span(start: string): Param<string>;
export function span(): Param<string | null>;
export function span(start: string | null = null): Param<string> | Param<string | null> {
  const read = ([value]: readonly string[]) => (DURATION.test(value ?? "") ? (value ?? start) : start);
  return { start, read, write: (value: string | null) => (value === null ? [] : [value]) } as Param<string | null>;
}

export function whole(low: number, high: number, start: number): Param<number> {
  const read = ([value]: readonly string[]) => (value && Number.isInteger(Number(value)) ? Math.min(high, Math.max(low, Number(value))) : start);
  return { start, read, write: (value) => [String(value)] };
}

export function decimal(low: number, high: number, start: number): Param<number> {
  const read = ([value]: readonly string[]) => (value && Number.isFinite(Number(value)) ? Math.min(high, Math.max(low, Number(value))) : start);
  return { start, read, write: (value) => [String(value)] };
}

export function flag(start = false): Param<boolean> {
  return { start, read: ([value]) => (value === undefined ? start : value === "1"), write: (value) => [value ? "1" : "0"] };
}

/** Yes, no, or null for neither. */
export function either(): Param<boolean | null> {
  return { start: null, read: ([value]) => (value === "1" ? true : value === "0" ? false : null), write: (value) => (value === null ? [] : [value ? "1" : "0"]) };
}

export function list(most = 1000): Param<string[]> {
  return { start: [], read: (values) => values.filter(Boolean).slice(0, most), write: (values) => values };
}

/** Several of a known few; null for all. */
export function severalOf<const T extends string>(known: readonly T[]): Param<T[] | null> {
  const read = (values: readonly string[]): T[] | null => {
    const chosen = known.filter((k) => values.includes(k));
    return chosen.length ? chosen : null;
  };
  return { start: null, read, write: (values) => values ?? [] };
}

/** Any of several texts; null for the question's own choice. */
export function optionalList(): Param<string[] | null> {
  return { start: null, read: (values) => (values.some(Boolean) ? values.filter(Boolean) : null), write: (values) => values ?? [] };
}

/** Whole numbers, ascending; null for none of our own. */
export function numbers(low: number, high: number): Param<number[] | null> {
  const read = (values: readonly string[]) => {
    const found = values.flatMap((v) => v.split(",")).filter((v) => v.trim() !== "").map(Number).filter((n) => Number.isInteger(n) && n >= low && n <= high);
    return found.length ? [...new Set(found)].sort((a, b) => a - b) : null;
  };
  return { start: null, read, write: (value) => (value === null ? [] : [value.join(",")]) };
}

/** Spans by name, written `name:span`. */
export function spansByName(): Param<Record<string, string>> {
  const read = (values: readonly string[]) =>
    Object.fromEntries(values.map((v) => [v.slice(0, v.lastIndexOf(":")), v.slice(v.lastIndexOf(":") + 1)]).filter(([name, value]) => name && DURATION.test(value ?? ""))) as Record<string, string>;
  return { start: {}, read, write: (value) => Object.entries(value).map(([name, length]) => `${name}:${length}`) };
}

/** Names that may carry details: written as the bare name, or as JSON where there are any. */
export function detailed<T extends { name: string }>(most: number): Param<(string | T)[]> {
  const write = (value: string | T): string => (typeof value === "string" && !value.startsWith("{") ? value : JSON.stringify(typeof value === "string" ? { name: value } : value));
  return { start: [], read: (values) => values.filter(Boolean).slice(0, most).map(parsed<T>), write: (values) => values.map(write) };
}

function parsed<T extends { name: string }>(value: string): string | T {
  if (!value.startsWith("{")) return value;
  try {
    const found: unknown = JSON.parse(value);
    if (typeof found !== "object" || found === null || !("name" in found) || typeof found.name !== "string") return value;
    return Object.keys(found).length === 1 ? found.name : (found as T);
  } catch {
    return value;
  }
}

/** A number and its unit of a span; null if it is none of ours. */
export const UNITS = ["s", "m", "h", "d", "w"] as const;
export type Unit = (typeof UNITS)[number];

export function spanParts(value: string | null): { amount: number; unit: Unit } | null {
  const match = DURATION.exec(value ?? "");
  return match ? { amount: Number(match[1]), unit: match[2] as Unit } : null;
}

/** Usual numbers to choose from, with the one in use among them. */
export function choices(usual: readonly number[], current: number): number[] {
  return [...new Set([...usual, current])].sort((a, b) => a - b);
}
