/** A map as the server has it, own commands on top of it, and those of them that wait for a choice. */

import type { Entry } from "./api";
import { applyAll, Refused, type Command, type Reason } from "./commands";
import type { JourneyMap } from "./document";
import { History, type Unsent } from "./undo";
import type { Outgoing } from "./outbox";
import { clash, eased, leaves, makes, winning } from "./rebase";

export interface Pending extends Unsent, Outgoing {
  /** The map with it and all before it. */
  after: JourneyMap;
}

/** Own commands that wait for a choice. `mine` and `theirs` are values of `field`, if both sides set it. */
export interface Conflict {
  readonly pending: Outgoing;
  readonly reason: Reason | "same_field" | "server";
  readonly thing: string | null;
  readonly field: string | null;
  readonly mine: unknown;
  readonly theirs: unknown;
  /** The newer entry that is in the way, if it is one. */
  readonly entry: Entry | null;
  /** The server's sentence, if it refused. */
  readonly message: string | null;
  /** Puts own commands through, or lets them go. False if they cannot be done any more; the conflict then stays. */
  readonly choose: (side: "mine" | "theirs") => boolean;
}

type Objection = Omit<Conflict, "pending" | "choose">;
const objection = (reason: Conflict["reason"], more: Partial<Objection>): Objection => ({
  reason, thing: null, field: null, mine: null, theirs: null, entry: null, message: null, ...more,
});

export class Replica {
  version: number;
  pending: Pending[] = [];
  conflicts: Conflict[] = [];
  history: History;
  #map: JourneyMap;

  constructor(
    map: JourneyMap,
    version: number,
    readonly onchoice: () => void,
  ) {
    this.#map = map;
    this.version = version;
    this.history = new History(version);
  }

  get document(): JourneyMap {
    return this.pending.at(-1)?.after ?? this.#map;
  }

  /** Own commands on top of everything. Throws `Refused`, and then nothing has changed. */
  add({ id, commands, undoes }: Omit<Outgoing, "base">): void {
    const { map, inverse } = applyAll(this.document, commands);
    this.pending.push({ id, commands, undoes, base: this.version, inverse, after: map });
  }

  /** The next entry of the log: an own one is done, another goes below own ones. False if the map cannot take it. */
  take(entry: Entry): boolean {
    const at = this.pending.findIndex((one) => one.id === entry.id);
    try {
      this.#map = at === 0 ? (this.pending[0] as Pending).after : applyAll(this.#map, entry.commands).map;
    } catch (error) {
      if (error instanceof Refused) return false;
      throw error;
    }
    this.version = entry.version;
    this.history.add(entry);
    if (at >= 0) this.pending.splice(at, 1);
    this.conflicts = this.conflicts.filter((one) => one.pending.id !== entry.id);
    if (at !== 0) this.#rebase([entry]);
    return true;
  }

  /** Another map and version to start from, when the log cannot be followed; `log`: what came since own changes. */
  replace(map: JourneyMap, version: number, log: readonly Entry[]): void {
    const own = this.pending;
    this.pending = [];
    this.#map = map;
    this.version = version;
    this.history = new History(version);
    this.resume(own, log);
  }

  /** Commands of an earlier life of the page go before newer ones, unless the log has them already. */
  resume(earlier: readonly Outgoing[], log: readonly Entry[]): void {
    const known = new Set(log.map((entry) => entry.id));
    const own = new Set(earlier.map((one) => one.id));
    const later = this.pending;
    this.pending = [];
    const foreign = log.filter((entry) => !own.has(entry.id));
    for (const one of earlier) if (!known.has(one.id)) this.#settle(one, foreign);
    for (const one of later) this.#settle(one, []);
  }

  /** An own change that the server refuses. */
  refuse(id: string, message: string): void {
    const one = this.pending.find((other) => other.id === id);
    if (!one) return;
    this.pending = this.pending.filter((other) => other !== one);
    this.#object(one, objection("server", { message }));
    this.#rebase([]);
  }

  #rebase(foreign: readonly Entry[]): void {
    const queue = this.pending;
    this.pending = [];
    for (const one of queue) this.#settle(one, foreign);
  }

  #settle(one: Outgoing, foreign: readonly Entry[]): void {
    if (one.undoes !== null && this.#withdraw(one.undoes)) return;
    for (const entry of foreign.filter((other) => other.version > one.base)) {
      const found = clash(one.commands, entry.commands);
      if (found) return this.#object(one, objection("same_field", { ...found, entry }));
    }
    try {
      this.#addEased(one);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      this.#object(one, objection(error.reason, { thing: error.detail, entry: foreign.at(-1) ?? null }));
    }
  }

  #addEased(one: Outgoing): void {
    try {
      this.add(one);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      const commands = eased(this.document, one.commands);
      if (commands.length > 0) this.add({ ...one, commands });
    }
  }

  /** What was taken back before it was decided needs no decision. */
  #withdraw(id: string): boolean {
    const before = this.conflicts.length;
    this.conflicts = this.conflicts.filter((one) => one.pending.id !== id);
    return this.conflicts.length < before;
  }

  /** A later command of the same field, or on a thing that a waiting command makes, waits together with it. */
  #object({ id, commands, undoes }: Outgoing, why: Objection): void {
    const base = why.entry === null ? this.version : why.entry.version - 1;
    const sameThing = (one: Conflict): boolean =>
      one.thing === why.thing && one.field === why.field && one.reason === why.reason && why.thing !== null;
    const made = (one: Conflict): boolean =>
      why.reason === "unknown_id" && leaves(one.pending.commands).flatMap(makes).includes(why.thing ?? "");
    const before = this.conflicts.find((one) => sameThing(one) || made(one));
    if (!before) {
      this.conflicts = [...this.conflicts, this.#conflict({ id, commands, undoes, base }, why)];
      return;
    }
    const joined = { ...before.pending, commands: [...before.pending.commands, ...commands] };
    const newer = this.#conflict(joined, sameThing(before) ? { ...before, mine: why.mine } : before);
    this.conflicts = this.conflicts.map((one) => (one === before ? newer : one));
  }

  #conflict(pending: Outgoing, why: Objection): Conflict {
    const conflict: Conflict = { ...why, pending, choose: (side) => this.#choose(conflict, side) };
    return conflict;
  }

  #choose(conflict: Conflict, side: "mine" | "theirs"): boolean {
    if (!this.conflicts.includes(conflict)) return false;
    let commands: Command[] = [];
    if (side === "mine") {
      const found = winning(this.document, conflict.pending.commands, this.history.inverses());
      if (!found) return false;
      commands = found;
    }
    this.conflicts = this.conflicts.filter((one) => one !== conflict);
    if (commands.length > 0) this.add({ ...conflict.pending, commands });
    this.onchoice();
    return true;
  }
}
