/** The kept versions of an open map, shared by the bar, the history and the export. */

import type { KeptVersion } from "../../../core/map/api";
import { maps } from "../../../state/maps";
import type { MapSession } from "../../../state/mapsession.svelte";

class Kept {
  list = $state.raw<KeptVersion[]>([]);
  readonly #map: string;
  #asked = false;

  constructor(map: string) {
    this.#map = map;
  }

  /** Loads them once; `refresh` asks again. */
  load(): void {
    if (this.#asked) return;
    this.#asked = true;
    this.refresh().catch(() => (this.#asked = false));
  }

  async refresh(): Promise<void> {
    this.list = await maps.versions(this.#map);
  }
}

const all = new WeakMap<MapSession, Kept>();

export function keptOf(session: MapSession): Kept {
  const known = all.get(session) ?? new Kept(session.id);
  all.set(session, known);
  return known;
}
