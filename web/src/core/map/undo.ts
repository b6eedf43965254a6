/** What can be undone and redone, from the log of the map and from what is not sent yet. */

import type { Entry } from "./api";
import { labelOf, type Command } from "./commands";

/** A change that is not in the log yet. `undoes`: id of the change that it takes back. */
export interface Unsent {
  id: string;
  commands: Command[];
  inverse: Command[];
  undoes: string | null;
}

/** A change that can be taken back. */
export interface Undoable {
  id: string;
  inverse: Command[];
  label: string;
}

interface Stacks {
  undo: Undoable[];
  redo: Undoable[];
}

/** Takes a change out of a stack, if it is in it. */
function taken(stack: Undoable[], one: Undoable): boolean {
  const at = stack.lastIndexOf(one);
  if (at >= 0) stack.splice(at, 1);
  return at >= 0;
}

export class History {
  /** The log is known after this version. */
  #from: number;
  #entries: Entry[] = [];
  readonly #stuck = new Set<string>();

  constructor(version: number) {
    this.#from = version;
  }

  get complete(): boolean {
    return this.#from === 0;
  }

  /** From which version on the log is needed to tell what is undone; null if what is known is enough. */
  get needs(): number | null {
    const named = this.#entries.map((entry) => entry.undoes ?? Infinity).filter((version) => version <= this.#from);
    return named.length > 0 ? Math.max(0, Math.min(...named) - 1) : null;
  }

  get from(): number {
    return this.#from;
  }

  add(entry: Entry): void {
    this.#entries.push(entry);
  }

  /** The log after an earlier version; what is known already is left out. */
  extend(from: number, log: readonly Entry[]): void {
    this.#entries = [...log.filter((entry) => entry.version <= this.#from), ...this.#entries];
    this.#from = from;
  }

  versionOf(id: string): number | null {
    return this.#entries.findLast((entry) => entry.id === id)?.version ?? null;
  }

  /** Inverses of what was done, newest first. */
  inverses(): Command[] {
    return this.#entries.flatMap((entry) => entry.inverse.toReversed()).reverse();
  }

  /** Leaves out a change that cannot be taken back any more. */
  skip(id: string): void {
    this.#stuck.add(id);
  }

  stacks(unsent: readonly Unsent[]): Stacks {
    const byVersion = (version: number | null): string | null =>
      version === null ? null : (this.#entries[version - this.#from - 1]?.id ?? "");
    const done = this.#entries.map((entry) => ({ ...entry, undoes: byVersion(entry.undoes) }));
    const known = new Map<string, Undoable>();
    const stacks: Stacks = { undo: [], redo: [] };
    for (const { id, commands, inverse, undoes } of [...done, ...unsent]) {
      if (inverse.length === 0) continue; // a version that was made or kept, without a change
      const target = undoes === null ? undefined : known.get(undoes);
      const one = { id, inverse, label: target?.label ?? labelOf(commands) };
      known.set(id, one);
      if (!target) {
        stacks.undo.push(one);
        stacks.redo = [];
      } else if (taken(stacks.redo, target)) stacks.undo.push(one);
      else {
        taken(stacks.undo, target);
        stacks.redo.push(one);
      }
    }
    const open = (one: Undoable): boolean => !this.#stuck.has(one.id);
    return { undo: stacks.undo.filter(open), redo: stacks.redo.filter(open) };
  }
}
