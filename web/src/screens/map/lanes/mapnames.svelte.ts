/** The names of all maps, asked for once when the first card or field needs them. */

import type { MapInfo } from "../../../core/map/api";
import { maps } from "../../../state/maps";

class MapNames {
  list = $state.raw<readonly MapInfo[] | null>(null);
  #asked = false;

  need(): void {
    if (this.#asked) return;
    this.#asked = true;
    maps.list().then(
      (list) => (this.list = list),
      () => (this.#asked = false),
    );
  }

  nameOf(id: string): string | null {
    return this.list?.find((map) => map.id === id)?.name ?? null;
  }
}

export const mapNames = new MapNames();
