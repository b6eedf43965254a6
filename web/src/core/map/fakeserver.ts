/** A server of one map for tests: it orders commands as the real one does, over a network that can fail. */

import { ApiError } from "../api";
import type { Entry, Sent } from "./api";
import { applyAll, Refused } from "./commands";
import type { JourneyMap } from "./document";
import type { Remote } from "./sync";

/** What happens to a request: it arrives, never arrives, is done but not answered, or the server is in trouble. */
export type Fate = "well" | "lost" | "unanswered" | "trouble";

/** After so many requests a line is dead: two pages that never come to rest must not hold up a test. */
export const ENDLESS = 2000;

export class Line {
  down = false;
  /** The most requests with commands under way at once. */
  busiest = 0;
  requests = 0;
  #sending = 0;

  constructor(
    readonly fate: () => Fate = () => "well",
    readonly delay: () => number = () => 10,
  ) {}

  async through<T>(request: () => T, sends = false): Promise<T> {
    this.requests += 1;
    if (this.requests > ENDLESS) return new Promise(() => undefined);
    if (sends) this.busiest = Math.max(this.busiest, (this.#sending += 1));
    try {
      const fate = this.down ? "lost" : this.fate();
      await new Promise((done) => setTimeout(done, this.delay()));
      if (fate === "lost") throw new ApiError("unreachable", "No answer.", 0);
      if (fate === "trouble") throw new ApiError("internal", "Trouble.", 500);
      const answer = request();
      await new Promise((done) => setTimeout(done, this.delay()));
      if (fate === "unanswered") throw new ApiError("unreachable", "No answer.", 0);
      return structuredClone(answer);
    } finally {
      if (sends) this.#sending -= 1;
    }
  }
}

export class FakeServer {
  readonly entries: Entry[] = [];
  /** Refuses what the map itself would take. */
  refuses: (sent: Sent) => string | null = () => null;
  readonly #listeners = new Set<() => void>();

  constructor(public map: JourneyMap) {}

  get version(): number {
    return this.entries.length;
  }

  sheet(): JourneyMap & { version: number } {
    return structuredClone({ ...this.map, version: this.version });
  }

  send(sent: Sent): Entry {
    const known = this.entries.find((entry) => entry.id === sent.id);
    if (known) return known;
    if (sent.base !== this.version) {
      throw new ApiError("stale_commands", "Stale.", 409, { version: this.version, base: sent.base, entries: this.entries.slice(sent.base) });
    }
    const why = this.refuses(sent);
    if (why !== null) throw new ApiError("command_refused", why, 422);
    const entry = this.#entry(sent);
    for (const tell of this.#listeners) tell();
    return entry;
  }

  #entry(sent: Sent): Entry {
    try {
      const { map, inverse } = applyAll(this.map, sent.commands);
      this.map = map;
      const entry: Entry = { version: this.version + 1, id: sent.id, at: "2026-11-22T08:00:00Z", author: "ana", commands: sent.commands, inverse, undoes: sent.undoes ?? null };
      this.entries.push(entry);
      return entry;
    } catch (error) {
      throw error instanceof Refused ? new ApiError("command_refused", error.message, 422) : error;
    }
  }

  remote(line: Line = new Line()): Remote {
    return {
      send: (sent) => line.through(() => this.send(sent), true),
      since: (version) => line.through(() => this.entries.slice(version)),
      load: () => line.through(() => this.sheet()),
      follow: (onversion) => {
        const tell = (): void => {
          if (this.#listeners.has(tell)) void line.through(() => this.version).then(onversion, () => setTimeout(tell, 3000));
        };
        this.#listeners.add(tell);
        return () => this.#listeners.delete(tell);
      },
    };
  }
}

/** A store like the browser's, for one page and those that follow it. */
export class FakeStore {
  readonly kept = new Map<string, string>();
  getItem = (key: string): string | null => this.kept.get(key) ?? null;
  setItem = (key: string, value: string): void => void this.kept.set(key, value);
  removeItem = (key: string): void => void this.kept.delete(key);
}
