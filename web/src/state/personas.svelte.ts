/** The persona cards, shared by all places that offer them, and their client in the language in use. */

import { personaApi, PREFIX, type ListedCard } from "../core/personas";
import { api } from "./api";
import { i18n } from "./i18n.svelte";

export const personas = personaApi(api, () => (i18n.locale === "__test__" ? "en" : i18n.locale));

class Cards {
  list = $state.raw<readonly ListedCard[] | null>(null);
  #asked = false;

  /** The cards' people as segments: by id, so that a renamed card is still the same, and by name to read. */
  readonly segments = $derived((this.list ?? []).flatMap(({ name, segment }) => (segment === null ? [] : [{ value: segment, label: PREFIX + name }])));

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
    return this.list?.find((card) => name === card.segment || name === PREFIX + card.name) ?? null;
  }
}

export const cards = new Cards();
