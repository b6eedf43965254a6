/** Something loaded from the server, loaded again when what it depends on changes. */

import { ApiError } from "../core/api";
import { t } from "./i18n.svelte";

export interface Resource<T> {
  /** The latest answer; it stays while a newer one is on its way, so that the page never jumps. */
  readonly data: T | null;
  readonly error: ApiError | null;
  readonly loading: boolean;
  /** Whether the wait was given up. */
  readonly stopped: boolean;
  reload(): void;
  /** Gives up waiting: the request is aborted, older data stays. */
  stop(): void;
}

/** How an unexpected failure reads. */
export const asApiError = (error: unknown): ApiError =>
  error instanceof ApiError ? error : new ApiError("unexpected", t("error.unexpected"), 0, String(error));

/**
 * Call while a component is set up. Reactive values that `load` reads before its first `await` are what it depends on.
 * Return null to load nothing.
 */
export function resource<T>(load: (signal: AbortSignal) => Promise<T> | null): Resource<T> {
  let data = $state.raw<T | null>(null);
  let error = $state.raw<ApiError | null>(null);
  let loading = $state(true);
  let stopped = $state(false);
  let again = $state(0);
  let underway = new AbortController();

  $effect(() => {
    void again;
    const stop = (underway = new AbortController());
    const pending = load(stop.signal);
    stopped = false;
    loading = pending !== null;
    if (pending === null) {
      data = null;
      error = null;
    }
    pending?.then(
      (answer) => {
        if (stop.signal.aborted) return;
        data = answer;
        error = null;
        loading = false;
      },
      (failure: unknown) => {
        if (stop.signal.aborted) return;
        error = asApiError(failure);
        loading = false;
      },
    );
    return () => stop.abort();
  });

  return {
    get data() {
      return data;
    },
    get error() {
      return error;
    },
    get loading() {
      return loading;
    },
    get stopped() {
      return stopped;
    },
    reload: () => {
      again += 1;
    },
    stop: () => {
      underway.abort();
      loading = false;
      stopped = true;
    },
  };
}
