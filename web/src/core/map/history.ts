/** The history of a map as sittings: what one person did without a longer pause, in the words of the commands. */

import type { Command, Entry, KeptVersion } from "./api";

/** What was done, by the name of its command, and how often. */
export interface Doing {
  name: string;
  n: number;
}

export interface Sitting {
  /** The versions it began and ended with. */
  from: number;
  to: number;
  at: string;
  author: string;
  doings: Doing[];
  /** How many of its versions took an earlier one back. */
  undone: number;
  kept: KeptVersion[];
}

const PAUSE_MS = 10 * 60_000;

/** The commands within, those of batches too; in order of the first of each name. */
export function doings(commands: readonly Command[]): Doing[] {
  const counts = new Map<string, number>();
  const count = (command: Command): void => {
    const inner = command.do === "batch" ? command["commands"] : null;
    if (Array.isArray(inner)) (inner as Command[]).forEach(count);
    else counts.set(command.do, (counts.get(command.do) ?? 0) + 1);
  };
  commands.forEach(count);
  return [...counts].map(([name, n]) => ({ name, n }));
}

function joined(one: readonly Doing[], other: readonly Doing[]): Doing[] {
  const counts = new Map(one.map(({ name, n }) => [name, n]));
  for (const { name, n } of other) counts.set(name, (counts.get(name) ?? 0) + n);
  return [...counts].map(([name, n]) => ({ name, n }));
}

/** Entries in any order become sittings, newest first. A kept version ends its sitting, so that it can be seen and restored. */
export function sittings(entries: readonly Entry[], kept: readonly KeptVersion[], pause = PAUSE_MS): Sitting[] {
  const found: Sitting[] = [];
  for (const entry of [...entries].sort((a, b) => a.version - b.version)) {
    const own = kept.filter((one) => one.version === entry.version);
    const done = entry.undoes === null ? doings(entry.commands) : [];
    const open = found.at(-1);
    const goesOn = open && !open.kept.length && open.author === entry.author && Date.parse(entry.at) - Date.parse(open.at) <= pause;
    if (goesOn) {
      Object.assign(open, { to: entry.version, at: entry.at, doings: joined(open.doings, done), kept: own });
      open.undone += entry.undoes === null ? 0 : 1;
    } else {
      found.push({ from: entry.version, to: entry.version, at: entry.at, author: entry.author, doings: done, undone: entry.undoes === null ? 0 : 1, kept: own });
    }
  }
  return found.reverse();
}
