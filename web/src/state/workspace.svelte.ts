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
  #told: Promise<void> | null = null;

  /** Asks again, e.g. after an import. */
  refresh(): Promise<void> {
    this.#asking ??= this.#ask().finally(() => (this.#asking = null));
    return this.#asking;
  }

  /** Whether there is known to be a main definition, which measures maps. */
  get hasDefinition(): boolean {
    return typeof this.status?.definition_version === "number";
  }

  /** Whether there may be a main definition; asks again as long as there is none. */
  async defined(): Promise<boolean> {
    if (!this.hasDefinition) await this.#tell();
    return this.status === null || this.hasDefinition;
  }

  async #ask(): Promise<void> {
    await this.#tell();
    if (this.error) return;
    try {
      this.dimensions = this.status?.events ? await api.dimensions() : null;
    } catch (error) {
      this.error = asApiError(error);
    }
  }

  /** The status alone, which is soon there; whoever asks meanwhile waits for the same answer. */
  #tell(): Promise<void> {
    this.#told ??= this.#status().finally(() => (this.#told = null));
    return this.#told;
  }

  async #status(): Promise<void> {
    try {
      this.status = await api.status();
      this.error = null;
    } catch (error) {
      this.error = asApiError(error);
    }
  }
}

export const workspace = new Workspace();
