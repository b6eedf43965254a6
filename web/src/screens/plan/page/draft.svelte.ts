/** An action that is edited in place: one change after the other, each on the newest revision. */

import type { Action, ActionWritten } from "../../../core/actions";
import { ApiError } from "../../../core/api";
import { actions as client } from "../../../state/actions";
import { t } from "../../../state/i18n.svelte";
import { announce, toast } from "../../../state/live.svelte";
import { asApiError } from "../../../state/resource.svelte";

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

export class Draft {
  now = $state.raw<Action>() as Action;
  #underway = $state(0);
  failed = $state(false);
  #last: Promise<unknown> = Promise.resolve();
  readonly state: "saving" | "failed" | "saved" = $derived(this.#underway ? "saving" : this.failed ? "failed" : "saved");

  constructor(action: Action) {
    this.now = action;
  }

  set(fields: ActionWritten): Promise<boolean> {
    return this.#queue(() => this.#changed(fields));
  }

  /** Starts, finishes, asks for the verdict; `said` is what then holds. */
  act(step: (id: string) => Promise<Action>, said: (now: Action) => string): Promise<boolean> {
    return this.#queue(async () => {
      const now = await step(this.now.id);
      announce(said(now));
      return now;
    });
  }

  async #changed(fields: ActionWritten): Promise<Action> {
    const seen = this.now;
    try {
      return await client.change(seen.id, seen.revision, fields);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== "stale_document") throw error;
    }
    const newest = await client.one(seen.id);
    const mine = Object.keys(fields) as (keyof ActionWritten)[];
    const touched = mine.filter((name) => !same(seen[name], newest[name]));
    if (touched.length) toast(t("plan.clash", { name: newest.name }), "bad");
    const rest = Object.fromEntries(mine.filter((name) => !touched.includes(name)).map((name) => [name, fields[name]]));
    return Object.keys(rest).length ? client.change(newest.id, newest.revision, rest) : newest;
  }

  #queue(work: () => Promise<Action>): Promise<boolean> {
    this.#underway += 1;
    const done = this.#last.then(async () => {
      try {
        this.now = await work();
        this.failed = false;
      } catch (error) {
        this.failed = true;
        toast(asApiError(error).message, "bad");
      } finally {
        this.#underway -= 1;
      }
      return !this.failed;
    });
    this.#last = done;
    return done;
  }
}
