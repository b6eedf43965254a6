/** All actions by status, and what the board does to them: a move is shown at once, and gone again if it fails. */

import type { Action, ActionStatus, BoardColumn } from "../../core/actions";
import { actions as client } from "../../state/actions";
import { t } from "../../state/i18n.svelte";
import { announce, toast } from "../../state/live.svelte";
import { asApiError } from "../../state/resource.svelte";

export class Plan {
  #kept = $state.raw<readonly BoardColumn[] | null>(null);
  /** Where actions are on their way to. */
  #moving = $state.raw<ReadonlyMap<string, ActionStatus>>(new Map());
  #last: Promise<void> = Promise.resolve();
  readonly columns: readonly BoardColumn[] = $derived(arranged(this.#kept ?? [], this.#moving));
  readonly all: readonly Action[] = $derived(this.columns.flatMap((column) => column.actions));

  async load(signal?: AbortSignal): Promise<readonly BoardColumn[]> {
    return (this.#kept = await client.board({ signal }));
  }

  /** Puts one into another column; into the last but one it comes by a verdict alone. */
  move(one: Action, status: ActionStatus, column: string): Promise<void> {
    if (one.status === status) return Promise.resolve();
    if (status === "measured") {
      toast(t("plan.board.by_verdict", { name: one.name }), "bad");
      return Promise.resolve();
    }
    this.#moving = new Map([...this.#moving, [one.id, status]]);
    this.#last = this.#last.then(() => this.#send(one, status, column));
    return this.#last;
  }

  async #send(one: Action, status: Exclude<ActionStatus, "measured">, column: string): Promise<void> {
    const known = this.#kept?.flatMap((each) => each.actions).find((each) => each.id === one.id);
    try {
      await client.change(one.id, (known ?? one).revision, { status });
      announce(t("board.moved", { name: one.name, column }));
    } catch (error) {
      toast(asApiError(error).message, "bad");
    }
    await this.load().catch((error: unknown) => toast(asApiError(error).message, "bad"));
    this.#moving = new Map([...this.#moving].filter(([id, to]) => id !== one.id || to !== status));
  }
}

function arranged(kept: readonly BoardColumn[], moving: ReadonlyMap<string, ActionStatus>): readonly BoardColumn[] {
  if (!moving.size) return kept;
  const all = kept.flatMap((column) => column.actions);
  const statusOf = (one: Action): ActionStatus => moving.get(one.id) ?? one.status;
  return kept.map(({ status }) => ({ status, actions: all.filter((one) => statusOf(one) === status) }));
}
