/**
 * Keeps a map in step with the server: own commands are done at once and sent in order, those of others arrive in
 * between. What no longer fits, or collides with a newer change, waits for a choice; nothing is lost.
 */

import { ApiError } from "../api";
import type { Entry, Sent } from "./api";
import { batch, Refused, type Command } from "./commands";
import { mapFields } from "./commands/shapes";
import type { JourneyMap } from "./document";
import type { Undoable } from "./undo";
import { newId } from "./ids";
import { Outbox, type Outgoing, type Store } from "./outbox";
import { Replica, type Conflict } from "./replica";

export type { Conflict } from "./replica";
export type SyncState = "saved" | "saving" | "offline" | "conflict";
export type Versioned = JourneyMap & { version: number };

export interface Remote {
  send: (sent: Sent) => Promise<Entry>;
  since: (version: number) => Promise<Entry[]>;
  /** The whole map, for when the log cannot be followed. */
  load: () => Promise<Versioned>;
  /** Tells of newer versions until it is stopped. */
  follow: (onversion: (version: number) => void) => () => void;
}

/** Where unsent changes are kept over a reload, and who tells of leaving the page and of the network. */
export interface Surroundings {
  store: Store | null;
  target: Pick<EventTarget, "addEventListener" | "removeEventListener"> | null;
}

const HISTORY = 200;
const SLOWEST_MS = 30_000;
/** Refusals that a later try may not meet: time-outs and too many requests. */
const PASSING = new Set([408, 425, 429]);

const browser = (): Surroundings => ({
  store: typeof sessionStorage === "undefined" ? null : sessionStorage,
  target: typeof window === "undefined" ? null : window,
});

/** The map without what a sheet says beside it. */
const documentOf = (sheet: Versioned): JourneyMap =>
  Object.fromEntries(Object.keys(mapFields).map((name) => [name, sheet[name as keyof JourneyMap]])) as unknown as JourneyMap;

export class MapSync {
  readonly #replica: Replica;
  readonly #outbox: Outbox;
  /** Unsent changes of an earlier life of this page; they are looked up in the log first. */
  #earlier: readonly Outgoing[];
  #heard: number;
  #remembered = false;
  #lost = false;
  #busy = false;
  /** Something came up while it was busy. */
  #woken = false;
  #failures = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  #stacks: { undo: Undoable[]; redo: Undoable[] } | null = null;
  readonly #stops: (() => void)[] = [];

  constructor(
    readonly remote: Remote,
    sheet: Versioned,
    readonly onchange: () => void,
    around: Surroundings = browser(),
  ) {
    this.#replica = new Replica(documentOf(sheet), sheet.version, () => this.#changedAndWork());
    this.#heard = sheet.version;
    this.#outbox = new Outbox(sheet.id, around.store);
    this.#earlier = this.#outbox.read();
    this.#listen(around.target);
    this.#stops.push(remote.follow((version) => this.#hear(version)));
    queueMicrotask(() => void this.#work());
  }

  /** The map with own changes. */
  get document(): JourneyMap {
    return this.#replica.document;
  }
  /** The newest version of the server that is known. */
  get version(): number {
    return this.#replica.version;
  }
  get conflicts(): readonly Conflict[] {
    return this.#replica.conflicts;
  }
  get state(): SyncState {
    if (this.conflicts.length > 0) return "conflict";
    if (this.#failures > 0) return "offline";
    return this.unsaved ? "saving" : "saved";
  }
  /** Whether leaving the page would lose something that is not on the server. */
  get unsaved(): boolean {
    return this.#earlier.length + this.#replica.pending.length + this.conflicts.length > 0;
  }
  get canUndo(): boolean {
    return this.#stack().undo.length > 0 || !this.#replica.history.complete;
  }
  get canRedo(): boolean {
    return this.#stack().redo.length > 0;
  }
  /** What undo takes back: a key of the texts, or a text (`saidBy` says it). */
  get undoLabel(): string | null {
    return this.#stack().undo.at(-1)?.label ?? null;
  }
  get redoLabel(): string | null {
    return this.#stack().redo.at(-1)?.label ?? null;
  }

  /** Does a command at once and sends it. Throws `Refused`, and then nothing has changed. */
  run(command: Command, label?: string): void {
    this.#replica.add({ id: newId(), commands: [label === undefined ? command : batch([command], label)], undoes: null });
    this.#changedAndWork();
  }

  /** Takes the last change back. False if there is none, or if the map no longer takes it. */
  async undo(): Promise<boolean> {
    while (this.#stack().undo.length === 0 && !this.#replica.history.complete) {
      if (!(await this.#tried(() => this.#remember(this.#replica.history.from - HISTORY)))) return false;
    }
    return this.#back("undo");
  }

  /** Does again what was taken back. */
  async redo(): Promise<boolean> {
    return this.#back("redo");
  }

  /** Takes in entries of the log: own ones among them are done, others go below own changes. */
  receive(entries: readonly Entry[]): void {
    for (const entry of entries.toSorted((a, b) => a.version - b.version)) {
      this.#heard = Math.max(this.#heard, entry.version);
      if (entry.version === this.version + 1 && !this.#lost) this.#lost = !this.#replica.take(entry);
    }
    this.#changedAndWork();
  }

  /** Stops following the server; what is not sent is kept for the next time. */
  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
    for (const stop of this.#stops) stop();
  }

  #listen(target: Surroundings["target"]): void {
    const warn = (event: Event): void => {
      if (this.unsaved) event.preventDefault();
    };
    const online = (): void => this.#again();
    target?.addEventListener("beforeunload", warn);
    target?.addEventListener("online", online);
    this.#stops.push(() => {
      target?.removeEventListener("beforeunload", warn);
      target?.removeEventListener("online", online);
    });
  }

  #hear(version: number): void {
    this.#heard = Math.max(this.#heard, version);
    void this.#work();
  }

  #back(which: "undo" | "redo"): boolean {
    const one = this.#stack()[which].at(-1);
    if (!one) return false;
    try {
      this.#replica.add({ id: newId(), commands: one.inverse, undoes: one.id });
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#replica.history.skip(one.id);
      this.#changed();
      return false;
    }
    this.#changedAndWork();
    return true;
  }

  #stack(): { undo: Undoable[]; redo: Undoable[] } {
    return (this.#stacks ??= this.#replica.history.stacks(this.#replica.pending));
  }

  #changed(): void {
    this.#stacks = null;
    if (this.#closed) return;
    const own = this.#replica.pending.map(({ id, commands, undoes, base }) => ({ id, commands, undoes, base }));
    this.#outbox.write([...this.#earlier, ...own, ...this.conflicts.map((one) => one.pending)]);
    this.onchange();
  }

  #changedAndWork(): void {
    this.#changed();
    void this.#work();
  }

  /** One request after the other, as long as there is something to ask or to send. */
  async #work(): Promise<void> {
    this.#woken = true;
    if (this.#busy || this.#timer !== undefined) return;
    this.#busy = true;
    try {
      while (this.#woken && !this.#closed && this.#timer === undefined) {
        this.#woken = false;
        while (!this.#closed && (await this.#tried(() => this.#next())));
      }
    } finally {
      this.#busy = false;
    }
  }

  /** One request. False if there is none to make. */
  async #next(): Promise<boolean> {
    const [head] = this.#replica.pending;
    if (this.#lost) await this.#reload();
    else if (this.#earlier.length > 0) await this.#resume(this.#earlier);
    else if (!this.#remembered) await this.#remember(this.#replica.history.from - HISTORY);
    else if (this.#heard > this.version) await this.#catchUp();
    else if (head) await this.#send(head);
    else return false;
    return true;
  }

  /** Makes a request. False if it was not to be made, or got no answer; then it is made again later. */
  async #tried(request: () => Promise<boolean | void>): Promise<boolean> {
    try {
      const made = await request();
      if (made !== false && this.#failures > 0) {
        this.#failures = 0;
        this.#changed();
      }
      return made !== false;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (!this.#closed) this.#failed();
      return false;
    }
  }

  #failed(): void {
    this.#failures += 1;
    const wait = Math.min(SLOWEST_MS, 500 * 2 ** this.#failures) * (0.5 + Math.random() / 2);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#again(), wait);
    this.#changed();
  }

  #again(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.#work();
  }

  async #reload(): Promise<void> {
    const sheet = await this.remote.load();
    const log = await this.remote.since(Math.min(sheet.version, ...this.#replica.pending.map((one) => one.base)));
    this.#lost = false;
    this.#remembered = false;
    this.#heard = Math.max(this.#heard, sheet.version, ...log.map((entry) => entry.version));
    this.#replica.replace(documentOf(sheet), sheet.version, log);
    this.#changed();
  }

  async #resume(earlier: readonly Outgoing[]): Promise<void> {
    const log = await this.remote.since(Math.min(...earlier.map((one) => one.base)));
    this.receive(log);
    this.#replica.resume(earlier, log);
    this.#earlier = [];
    this.#changed();
  }

  /** Reads the log from an earlier version on, so far that it tells what is undone. */
  async #remember(from: number): Promise<void> {
    const { history } = this.#replica;
    for (let start: number | null = from; start !== null && !history.complete; start = history.needs) {
      const log = await this.remote.since(Math.max(0, start));
      history.extend(Math.max(0, start), log);
      this.receive(log);
    }
    this.#remembered = true;
    this.#changed();
  }

  async #catchUp(): Promise<void> {
    const log = await this.remote.since(this.version);
    if (log.length === 0) this.#heard = this.version;
    this.receive(log);
  }

  async #send({ id, commands, undoes }: Outgoing): Promise<void> {
    const sent: Sent = { id, base: this.version, commands, undoes: undoes === null ? null : this.#replica.history.versionOf(undoes) };
    try {
      this.receive([await this.remote.send(sent)]);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.code === "stale_commands") this.#stale(error, sent.base);
      else if (error.status >= 400 && error.status < 500 && !PASSING.has(error.status)) {
        this.#replica.refuse(id, error.message);
        this.#changed();
      } else throw error;
    }
  }

  /** Takes in what the server answers to commands for an old version. No newer version is no answer at all. */
  #stale(error: ApiError, base: number): void {
    const { version, entries } = error.details as { version: number; entries: Entry[] };
    this.receive(entries);
    this.#heard = Math.max(this.#heard, version);
    if (this.#heard <= base) throw error;
  }
}
