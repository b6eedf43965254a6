/** What every screen needs to know of the workspace: its status and the dimensions one can filter by. */

import type { ApiError } from "../core/api";
import type { Dimensions, Status } from "../core/types";
import { api } from "./api";
import { asApiError } from "./resource.svelte";

class Workspace {
  status = $state.raw<Status | null>(null);
  dimensions = $state.raw<Dimensions | null>(null);
  error = $state.raw<ApiError | null>(null);

  /** Asks again, e.g. after an import. */
  async refresh(): Promise<void> {
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
