/** One card while it is open: every change is shown at once and saved by itself, one after the other. */

import { ApiError } from "../../../core/api";
import { ME } from "../../../core/map/threads";
import type { CardChange, CardFields, PersonaCard } from "../../../core/personas";
import { t } from "../../../state/i18n.svelte";
import { announce, toast } from "../../../state/live.svelte";
import { cards, personas } from "../../../state/personas.svelte";
import { asApiError } from "../../../state/resource.svelte";
import { clashes, joined, withChange, type Clash } from "./change";

export type SaveState = "saved" | "saving" | "failed" | "clash";

export class CardSession {
  #card = $state.raw() as PersonaCard;
  #sending = $state.raw<CardChange | null>(null);
  #waiting = $state.raw<CardChange | null>(null);
  #at = $state(new Date().toISOString());
  #theirs: PersonaCard | null = null;
  state = $state<SaveState>("saved");
  error = $state.raw<ApiError | null>(null);
  clashes = $state.raw<readonly Clash[]>([]);
  /** Rises when the card stands for other people. */
  peopled = $state(0);

  /** The card with what is on its way. */
  readonly card = $derived(withChange(withChange(this.#card, this.#sending, ME, this.#at), this.#waiting, ME, this.#at));

  constructor(card: PersonaCard) {
    this.#card = card;
  }

  put(change: CardChange): void {
    this.#at = new Date().toISOString();
    this.#waiting = joined(this.#waiting, change);
    if (this.state === "failed") this.state = "saved";
    void this.#flush();
  }

  fields(fields: CardFields): void {
    this.put({ fields });
  }

  /** Tries again what could not be saved. */
  again(): void {
    this.state = "saved";
    void this.#flush();
  }

  /** Ends a clash: what is mine goes on top, or what others wrote stays. */
  settle(mine: boolean): void {
    if (this.#theirs) this.#card = this.#theirs;
    this.#theirs = null;
    this.clashes = [];
    if (!mine) this.#waiting = null;
    this.again();
  }

  /** Lets a change go that the server refuses. */
  drop(): void {
    this.#waiting = null;
    this.error = null;
    this.state = "saved";
  }

  /** Takes over what others changed, as long as nothing is on its way. */
  async refresh(): Promise<void> {
    if (this.state !== "saved" || this.#waiting) return;
    const now = await personas.card(this.#card.id);
    if (this.state === "saved" && !this.#waiting && now.revision > this.#card.revision) this.#take(now);
  }

  #take(card: PersonaCard): void {
    if (JSON.stringify(card.members) !== JSON.stringify(this.#card.members)) this.peopled += 1;
    this.#card = card;
  }

  async #flush(): Promise<void> {
    if (this.state !== "saved" || !this.#waiting) return;
    const change = this.#waiting;
    [this.#sending, this.#waiting, this.state, this.error] = [change, null, "saving", null];
    try {
      this.#take(await personas.change(this.#card.id, this.#card.revision, change));
      this.#sending = null;
      this.state = "saved";
      void cards.refresh().catch(() => undefined);
    } catch (error) {
      this.#waiting = this.#waiting ? joined(change, this.#waiting) : change;
      this.#sending = null;
      this.#failed(asApiError(error), change);
    }
    void this.#flush();
  }

  #failed(error: ApiError, change: CardChange): void {
    const theirs = error.code === "stale_persona" ? (error.details as { card: PersonaCard }).card : null;
    if (theirs === null) {
      [this.state, this.error] = ["failed", error];
      toast(error.message, "bad");
      return;
    }
    this.clashes = clashes(this.#card, theirs, change);
    if (this.clashes.length) {
      [this.state, this.#theirs] = ["clash", theirs];
      announce(t("persona.clash.title"));
      return;
    }
    this.#take(theirs);
    this.state = "saved";
    toast(t("persona.merged"));
  }
}
