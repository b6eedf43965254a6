/** Moving one opportunity on the matrix: by pointer, or by arrow keys with Enter to save and Escape to put it back. */

import type { Opportunity } from "../../../core/opportunities";
import { t } from "../../../state/i18n.svelte";
import { announce } from "../../../state/live.svelte";
import type { Portfolio } from "../portfolio.svelte";
import { rating } from "../words";
import { ratedOf, rerated, stepped, type Rated } from "./scales";

const FAR = 4;

export class Rerating {
  /** Id of the one that is moved. */
  of = $state<string | null>(null);
  at = $state.raw<Rated | null>(null);
  /** Where the pointer took hold; null while the keyboard moves. */
  #held: { one: Opportunity; x: number; y: number; moving: boolean } | null = null;
  /** Whether the pointer just moved a dot, so that its click is none. */
  moved = false;

  constructor(private readonly portfolio: Portfolio) {}

  get dragging(): boolean {
    return this.#held !== null;
  }

  take(one: Opportunity, event: PointerEvent): void {
    if (event.button !== 0) return;
    this.cancel();
    this.moved = false;
    this.#held = { one, x: event.clientX, y: event.clientY, moving: false };
  }

  watch(event: PointerEvent): void {
    const held = this.#held;
    if (held && !held.moving && Math.hypot(event.clientX - held.x, event.clientY - held.y) >= FAR) {
      held.moving = true;
      this.of = held.one.id;
      this.at = ratedOf(held.one);
    }
  }

  /** The pointer is over this place of the matrix, or beside it. */
  drag(at: Rated | null): void {
    if (this.#held?.moving && at) this.at = at;
  }

  drop(at: Rated | null): void {
    const held = this.#held;
    this.#held = null;
    if (!held?.moving) return;
    this.moved = true;
    setTimeout(() => (this.moved = false));
    if (at) this.at = at;
    if (at) this.#keep(held.one);
    else this.cancel();
  }

  cancel(): void {
    this.#held = null;
    this.of = null;
    this.at = null;
  }

  /** A key on a selected dot; true if it was ours. */
  key(one: Opportunity, key: string): boolean {
    if (key.startsWith("Arrow")) {
      const from = this.of === one.id && this.at ? this.at : ratedOf(one);
      this.of = one.id;
      this.at = from ? stepped(from, key) : { effort: one.effort ?? 3, value: one.customer_value ?? one.business_value ?? 3 };
      announce(t("opportunities.matrix.moving", { title: one.title, effort: rating(this.at.effort), value: rating(this.at.value) }));
      return true;
    }
    if (this.of !== one.id || (key !== "Enter" && key !== "Escape")) return false;
    if (key === "Enter") this.#keep(one);
    else {
      this.cancel();
      announce(t("opportunities.matrix.put_back", { title: one.title }));
    }
    return true;
  }

  #keep(one: Opportunity): void {
    const at = this.at;
    if (!at) return;
    const before = ratedOf(one);
    const values = before?.value === at.value ? {} : rerated(one.customer_value, one.business_value, at.value);
    const effort = one.effort === at.effort ? {} : { effort: at.effort };
    const set = { ...values, ...effort };
    const said = t("opportunities.matrix.saved", { title: one.title, effort: rating(at.effort), value: rating(at.value) });
    if (Object.keys(set).length) void this.portfolio.change(one, set, said);
    this.cancel();
  }
}
