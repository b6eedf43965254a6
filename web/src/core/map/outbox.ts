/** What is not sent yet, kept over a reload of the page. */

import type { Command } from "./api";

/** Commands on their way to the server. `undoes`: id of the change that they take back. */
export interface Outgoing {
  id: string;
  commands: Command[];
  undoes: string | null;
}

export interface Kept {
  /** The version that they were made on. */
  version: number;
  pending: Outgoing[];
  /** Those that wait for a choice. */
  undecided: Outgoing[];
}

export type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

export class Outbox {
  readonly #key: string;

  constructor(
    map: string,
    readonly store: Store | null,
  ) {
    this.#key = `desireline.map.${map}`;
  }

  read(): Kept | null {
    try {
      const text = this.store?.getItem(this.#key);
      return text ? (JSON.parse(text) as Kept) : null;
    } catch {
      return null;
    }
  }

  /** A full store keeps what it had; the page still holds everything, and warns before it is left. */
  write(kept: Kept): void {
    try {
      if (kept.pending.length + kept.undecided.length === 0) this.store?.removeItem(this.#key);
      else this.store?.setItem(this.#key, JSON.stringify(kept));
    } catch {
      return;
    }
  }
}
