/** What every screen needs to know of the workspace: its status and the dimensions one can filter by. */

import type { ApiError } from "../core/api";
import type { Dimensions, Status } from "../core/types";
import { api } from "./api";
import { asApiError } from "./resource.svelte";

class Workspace {
  status = $state.raw<Status | null>(null);
  dimensions = $state.raw<Dimensions | null>(null);
  error = $state.raw<ApiError | null>(null);

  #asking: Promise<void> | null = null;

  /** Asks again, e.g. after an import. */
  refresh(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  /** Whether there may be a main definition, which measures maps; asks again as long as there is none. */
  async defined(): Promise<boolean> {
    if (!this.status || this.status.definition_version === null) await this.refresh();
    return this.status === null || this.status.definition_version !== null;
  }

  async #ask(): Promise<void> {
    try {
      this.status = await api.status();
      this.dimensions = this.status.events > 0 ? await api.dimensions() : null;
      this.error = null;
    } catch (error) {
      this.error = asApiError(error);
    }
  }
}

export const workspace = new Workspace();
