/** What is not sent yet, kept over a reload of the page. */

import type { Command } from "./api";

/** Commands on their way to the server. */
export interface Outgoing {
  id: string;
  commands: Command[];
  /** Id of the change that they take back. */
  undoes: string | null;
  /** The newest version that they were looked at with; what is newer may collide with them. */
  base: number;
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

  read(): Outgoing[] {
    try {
      const text = this.store?.getItem(this.#key);
      return text ? (JSON.parse(text) as Outgoing[]) : [];
    } catch {
      return [];
    }
  }

  /** A full store keeps what it had; the page still holds everything, and warns before it is left. */
  write(unsent: readonly Outgoing[]): void {
    try {
      if (unsent.length === 0) this.store?.removeItem(this.#key);
      else this.store?.setItem(this.#key, JSON.stringify(unsent));
    } catch {
      return;
    }
  }
}
