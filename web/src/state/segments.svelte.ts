/** The saved segments, shared by all places that offer them. */

import type { SavedSegment, Segment } from "../core/types";
import { api } from "./api";
import { PREFIX } from "../core/personas";
import { cards } from "./personas.svelte";

interface Choice {
  value: string;
  label: string;
}

class Segments {
  list = $state.raw<SavedSegment[]>([]);
  #asked = false;

  /** Every segment that can be chosen: the saved ones, and the people of persona cards. */
  readonly choices = $derived<readonly Choice[]>([...this.list.map(({ name }) => ({ value: name, label: name })), ...cards.segments]);
  readonly names = $derived(this.choices.map((one) => one.value));

  /** The choices, and one that is chosen already even where it is none of them. */
  including(chosen: string): readonly Choice[] {
    return chosen === "" || this.names.includes(chosen) ? this.choices : [...this.choices, { value: chosen, label: this.labelOf(chosen) }];
  }

  /** How a segment reads that may be the people of a card. */
  labelOf(name: string): string {
    const card = cards.ofSegment(name);
    return card ? PREFIX + card.name : name;
  }

  /** Loads them once; later calls do nothing. */
  async need(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    await Promise.all([this.refresh(), cards.need()]).catch(() => (this.#asked = false));
  }

  async refresh(): Promise<void> {
    this.list = await api.segments();
  }

  async save(segment: Segment & { name: string }): Promise<SavedSegment> {
    const saved = await api.saveSegment(segment);
    await this.refresh();
    return saved;
  }

  async remove(name: string): Promise<void> {
    await api.deleteSegment(name);
    await this.refresh();
  }
}

export const segments = new Segments();
