/** The persona cards, shared by all places that offer them, and their client in the language in use. */

import { personaApi, segmentOf, type ListedCard } from "../core/personas";
import { api } from "./api";
import { i18n } from "./i18n.svelte";

export const personas = personaApi(api, () => (i18n.locale === "__test__" ? "en" : i18n.locale));

class Cards {
  list = $state.raw<readonly ListedCard[] | null>(null);
  #asked = false;

  /** The cards' people under the names that segments have. */
  readonly segments = $derived((this.list ?? []).flatMap((card) => segmentOf(card) ?? []));

  /** Loads them once; later calls do nothing. */
  async need(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    await this.refresh().catch(() => (this.#asked = false));
  }

  async refresh(): Promise<void> {
    this.list = await personas.list();
  }

  /** The card that a segment's name stands for. */
  ofSegment(name: string): ListedCard | null {
    return this.list?.find((card) => name === segmentOf(card) || name === card.segment) ?? null;
  }
}

export const cards = new Cards();
