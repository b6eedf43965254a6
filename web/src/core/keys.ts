/** One registry of keys: screens add theirs while they are shown, `?` lists them all. */

import type { Key } from "./i18n";

export interface Shortcut {
  /** e.g. "/", "?", "g m", "mod+k", "ArrowLeft". `mod` is Ctrl, or Command on a Mac. */
  keys: string;
  label: Key;
  group: "everywhere" | "map" | "lists" | "builder";
  /** Absent when the element in focus handles the key itself and the registry only lists it. */
  run?: (event: KeyboardEvent) => void;
  /** Also while the cursor is in a field. */
  inFields?: boolean;
}

/** How a key press is written in the registry. */
export function pressed(event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey">): string {
  const mod = event.ctrlKey || event.metaKey ? "mod+" : "";
  const alt = event.altKey ? "alt+" : "";
  return mod + alt + (event.key.length === 1 ? event.key.toLowerCase() : event.key);
}

export class Keyboard {
  readonly #shortcuts = new Set<Shortcut>();
  #first: { key: string; until: number } | null = null;

  /** Adds shortcuts; the returned function takes them away again. */
  add(...shortcuts: Shortcut[]): () => void {
    for (const s of shortcuts) this.#shortcuts.add(s);
    return () => {
      for (const s of shortcuts) this.#shortcuts.delete(s);
    };
  }

  all(): Shortcut[] {
    return [...this.#shortcuts];
  }

  /** Runs what the key stands for, alone or after a first key within one second. True if something ran. */
  handle(event: KeyboardEvent, inField: boolean, now: number = Date.now()): boolean {
    const key = pressed(event);
    const after = this.#first && this.#first.until > now ? `${this.#first.key} ${key}` : null;
    this.#first = null;
    const found = this.#find(after, inField) ?? this.#find(key, inField);
    if (found?.run) {
      event.preventDefault();
      found.run(event);
      return true;
    }
    if (!inField && this.all().some((s) => s.keys.startsWith(`${key} `))) this.#first = { key, until: now + 1000 };
    return false;
  }

  #find(keys: string | null, inField: boolean): Shortcut | undefined {
    return this.all().findLast((s) => s.keys === keys && s.run && (!inField || s.inFields));
  }
}
