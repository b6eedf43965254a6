/** The saved segments, shared by all places that offer them. */

import type { SavedSegment, Segment } from "../core/types";
import { api } from "./api";
import { cards } from "./personas.svelte";

class Segments {
  list = $state.raw<SavedSegment[]>([]);
  #asked = false;

  /** Every name that a segment can be chosen by: the saved ones, and the people of persona cards. */
  readonly names = $derived([...this.list.map((one) => one.name), ...cards.segments]);

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
