/** The saved segments, shared by all places that offer them. */

import type { SavedSegment, Segment } from "../core/types";
import { api } from "./api";

class Segments {
  list = $state.raw<SavedSegment[]>([]);
  #asked = false;

  /** Loads them once; later calls do nothing. */
  async need(): Promise<void> {
    if (this.#asked) return;
    this.#asked = true;
    await this.refresh().catch(() => (this.#asked = false));
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
