/** Own changes on top of newer ones: what still fits, what collides, and how a choice is carried out. */

import { apply, applyAll, Refused, type Command } from "./commands";
import type { JourneyMap } from "./document";

export interface Clash {
  /** Id of the thing that both changed; "map" for the map itself. */
  thing: string;
  /** The field that both set; "place" if both moved it; null if it is gone on one side. */
  field: string | null;
  mine: unknown;
  theirs: unknown;
}

interface Touch {
  thing: string;
  field: string | null;
  value: unknown;
}

/** Single commands in order, out of their batches. */
export function leaves(commands: readonly Command[]): Command[] {
  return commands.flatMap((command) => (command.do === "batch" ? leaves(command["commands"] as Command[]) : [command]));
}

function touches(command: Command): Touch[] {
  const thing = typeof command["id"] === "string" ? command["id"] : "map";
  const [, verb] = command.do.split(".");
  if (verb === "set") {
    return Object.entries(command["set"] as object).map(([field, value]) => ({ thing, field, value: value as unknown }));
  }
  if (verb === "remove") return [{ thing, field: null, value: null }];
  if (verb !== "move") return [];
  const { lane, step, stage, at } = command;
  const value = lane === undefined && stage === undefined ? { at } : { lane, step, stage };
  return [{ thing, field: "place", value }];
}

function same(a: unknown, b: unknown): boolean {
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return a === b || (a ?? null) === (b ?? null);
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}

/** The last touch of every field of every thing. */
function lastTouches(commands: readonly Command[]): Touch[] {
  return [...new Map(leaves(commands).flatMap(touches).map((one) => [`${one.thing} ${one.field}`, one])).values()];
}

/** Where both sides set the same field of the same thing to different values, or one removes what the other changed. */
export function clash(mine: readonly Command[], theirs: readonly Command[]): Clash | null {
  const others = lastTouches(theirs);
  for (const own of lastTouches(mine)) {
    for (const other of others) {
      if (own.thing !== other.thing || (own.field === null && other.field === null)) continue;
      const gone = own.field === null || other.field === null;
      if (!gone && (own.field !== other.field || same(own.value, other.value))) continue;
      return { thing: own.thing, field: gone ? null : own.field, mine: own.value, theirs: other.value };
    }
  }
  return null;
}

function easedLeaf(map: JourneyMap, command: Command): Command | null {
  try {
    apply(map, command);
    return command;
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const verb = command.do.split(".")[1] ?? "";
    if (error.reason === "unknown_id" && verb === "remove") return null;
    if (error.reason !== "bad_position" || !["add", "move", "duplicate"].includes(verb)) throw error;
    return { ...command, at: null };
  }
}

/**
 * Commands as they still make sense on a newer map: what is gone needs no removal, and a position that is no longer
 * there is the end. Throws `Refused` if that is not enough.
 */
export function eased(map: JourneyMap, commands: readonly Command[]): Command[] {
  const made: Command[] = [];
  for (const command of commands) {
    if (command.do !== "batch") {
      const one = easedLeaf(map, command);
      if (one === null) continue;
      made.push(one);
      map = apply(map, one).map;
    } else {
      const inner = eased(map, command["commands"] as Command[]);
      if (inner.length === 0) continue;
      made.push({ ...command, commands: inner });
      map = applyAll(map, inner).map;
    }
  }
  return made;
}

function idsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(idsIn);
  if (typeof value !== "object" || value === null) return [];
  const own = (value as { id?: unknown }).id;
  return [...(typeof own === "string" ? [own] : []), ...Object.values(value).flatMap(idsIn)];
}

/** Ids of everything that a single command makes. */
export function makes(command: Command): string[] {
  const verb = command.do.split(".")[1];
  if (verb === "duplicate") return [String(command["as"])];
  return verb === "add" || verb === "split" ? idsIn({ ...command, id: null }) : [];
}

/**
 * Own commands so that they win: what they need and others removed is brought back first, by the inverses of what
 * others did, newest first. Null if that cannot be done.
 */
export function winning(map: JourneyMap, mine: readonly Command[], inverses: readonly Command[]): Command[] | null {
  const back = leaves(inverses);
  let commands: Command[] = [...mine];
  for (let tries = 0; tries <= back.length; tries += 1) {
    try {
      return eased(map, commands);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const missing = error.detail;
      const found = error.reason === "unknown_id" ? back.find((one) => makes(one).includes(missing)) : undefined;
      if (!found || commands.includes(found)) return null;
      commands = [found, ...commands];
    }
  }
  return null;
}
