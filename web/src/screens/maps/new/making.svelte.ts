/** A map that is being made: its name, whether the server is at it, what it said. */

import type { ApiError } from "../../../core/api";
import type { NewMap } from "../../../core/map/api";
import type { Sheet } from "../../../core/map/measured";
import { maps } from "../../../state/maps";
import { asApiError } from "../../../state/resource.svelte";

export class Making {
  name = $state("");
  busy = $state(false);
  error = $state.raw<ApiError | null>(null);

  /** Does something that ends with a map; the server's refusal is kept to be shown. */
  async attempt(work: () => Promise<Sheet>, made: (map: Sheet) => void): Promise<void> {
    this.busy = true;
    this.error = null;
    try {
      made(await work());
    } catch (failure) {
      this.error = asApiError(failure);
    } finally {
      this.busy = false;
    }
  }

  create = (asked: Omit<NewMap, "name">, made: (map: Sheet) => void): Promise<void> =>
    this.attempt(() => maps.create({ ...asked, name: this.name.trim() }), made);
}
