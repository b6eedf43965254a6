/** All actions by status, and what the board does to them: a move is shown at once, and gone again if it fails. */

import type { Action, ActionStatus, BoardColumn } from "../../core/actions";
import { actions as client } from "../../state/actions";
import { t } from "../../state/i18n.svelte";
import { announce, toast } from "../../state/live.svelte";
import { asApiError } from "../../state/resource.svelte";
import { ordersFor, type Ordered } from "./ordering";

export class Plan {
  #kept = $state.raw<readonly BoardColumn[] | null>(null);
  /** Where actions are on their way to. */
  #moving = $state.raw<ReadonlyMap<string, Moving>>(new Map());
  #last: Promise<void> = Promise.resolve();
  readonly columns: readonly BoardColumn[] = $derived(arranged(this.#kept ?? [], this.#moving));
  readonly all: readonly Action[] = $derived(this.columns.flatMap((column) => column.actions));

  async load(signal?: AbortSignal): Promise<readonly BoardColumn[]> {
    return (this.#kept = await client.board({ signal }));
  }

  /**
   * Puts one into another column, or to a place in its own; into the last but one it comes by a verdict alone.
   *
   * @param beside the ids of the column's other cards that are seen, in order
   * @param at how many of them come before it; null for wherever its number puts it
   */
  move(one: Action, status: ActionStatus, column: string, at: number | null, beside: readonly string[]): Promise<void> {
    if (one.status === status && at === null) return Promise.resolve();
    if (one.status !== status && status === "measured") {
      toast(t("plan.board.by_verdict", { name: one.name }), "bad");
      return Promise.resolve();
    }
    const others = this.columns.find((each) => each.status === status)?.actions.filter((each) => each.id !== one.id) ?? [];
    const next = at === null ? null : others.findIndex((each) => each.id === beside[at]);
    const orders = next === null ? [] : ordersFor(others, one.id, next < 0 ? others.length : next);
    this.#moving = new Map([...this.#moving, [one.id, { status, orders }]]);
    this.#last = this.#last.then(() => this.#send(one, status, orders, column));
    return this.#last;
  }

  async #send(one: Action, status: ActionStatus, orders: readonly Ordered[], column: string): Promise<void> {
    const known = new Map(this.#kept?.flatMap((each) => each.actions).map((each) => [each.id, each]));
    const there = known.get(one.id) ?? one;
    try {
      for (const { id, order } of orders.slice(1)) await client.change(id, known.get(id)?.revision ?? 1, { order });
      const moved = status === there.status || status === "measured" ? {} : { status };
      const placed = orders[0] ? { order: orders[0].order } : {};
      if (Object.keys({ ...moved, ...placed }).length) await client.change(one.id, there.revision, { ...moved, ...placed });
      announce(t("status" in moved ? "board.moved" : "board.placed", { name: one.name, column }));
    } catch (error) {
      toast(asApiError(error).message, "bad");
    }
    await this.load().catch((error: unknown) => toast(asApiError(error).message, "bad"));
    this.#moving = new Map([...this.#moving].filter(([id, to]) => id !== one.id || to.orders !== orders));
  }
}

interface Moving {
  status: ActionStatus;
  orders: readonly Ordered[];
}

function arranged(kept: readonly BoardColumn[], moving: ReadonlyMap<string, Moving>): readonly BoardColumn[] {
  if (!moving.size) return kept;
  const orders = new Map([...moving.values()].flatMap((one) => one.orders.map(({ id, order }) => [id, order] as const)));
  const all = kept.flatMap((column) => column.actions).map((one) => ({ ...one, order: orders.get(one.id) ?? one.order }));
  const inOrder = all.sort((a, b) => a.order - b.order || (a.created < b.created ? -1 : a.created > b.created ? 1 : 0));
  const statusOf = (one: Action): ActionStatus => moving.get(one.id)?.status ?? one.status;
  return kept.map(({ status }) => ({ status, actions: inOrder.filter((one) => statusOf(one) === status) }));
}
