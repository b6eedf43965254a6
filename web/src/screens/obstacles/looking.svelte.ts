/** The three questions behind the list, asked side by side under the filters of the address; each can be called off. */

import { fromQuery } from "../../core/filters";
import type { Asked } from "../../core/types";
import { api } from "../../state/api";
import { i18n } from "../../state/i18n.svelte";
import { resource } from "../../state/resource.svelte";
import { router } from "../../state/router.svelte";
import { workspace } from "../../state/workspace.svelte";
import { joined, SORTS, type Answers, type Chosen, type Row } from "./rows";

export const PARTS = ["obstacles", "friction", "troubles"] as const;
export type Part = (typeof PARTS)[number];

export const language = (): string => (i18n.locale === "__test__" ? "en" : i18n.locale);

/** What is asked of whom: filters and segment of the address. */
export function asked(): Asked {
  const { query } = router.route;
  return { filters: fromQuery(query), segment: query.get("segment") };
}

/** The goal of the address, else the first of the definition. */
export const goal = (): string | null => router.route.query.get("goal") ?? workspace.dimensions?.goals[0] ?? null;

/** What of the answers the list shows. */
export function chosen(): Chosen {
  const { query } = router.route;
  return { kinds: query.getAll("kind"), channels: query.getAll("on"), sort: SORTS.find((one) => one === query.get("sort")) ?? "size" };
}

/** Call while a component is set up. */
export class Looking {
  // as text, so that choosing what is shown asks nothing anew
  readonly #asked = $derived(JSON.stringify(asked()));
  readonly #goal = $derived(goal());
  readonly #ready = $derived(workspace.dimensions !== null);
  readonly #definition = resource((signal) => (this.#ready ? api.definition({ signal }).catch(() => ({})) : null));

  readonly obstacles = resource((signal) => (this.#ready ? api.ask("obstacles", { ...this.#request, goal: this.#goal, language: language() }, { signal }) : null));
  readonly friction = resource((signal) => (this.#ready && this.#goal !== null ? api.ask("friction", { ...this.#request, goal: this.#goal }, { signal }) : null));
  readonly troubles = resource((signal) => (this.#ready ? api.ask("troubles", this.#request, { signal }) : null));

  readonly #stages = $derived(new Map(touchpoints(this.#definition.data).map((one) => [one.name, one])));
  readonly answers = $derived<Answers>({ obstacles: this.obstacles.data, friction: this.friction.data, troubles: this.troubles.data });
  readonly rows = $derived<Row[]>(joined(this.answers, (touchpoint) => this.#stages.get(touchpoint)?.channel ?? null));

  get #request(): Asked {
    return JSON.parse(this.#asked) as Asked;
  }

  stageOf(touchpoint: string): string | null {
    return this.#stages.get(touchpoint)?.stage ?? null;
  }

  /** The parts that have not come yet. */
  get waiting(): Part[] {
    return PARTS.filter((part) => this[part].loading);
  }
  /** Whether there is enough to be listed: troubles take longest and are few, so the list does not wait for them. */
  get listed(): boolean {
    return !this.obstacles.loading && !this.friction.loading && (this.rows.length > 0 || !this.troubles.loading);
  }
  get stopped(): Part[] {
    return PARTS.filter((part) => this[part].stopped);
  }

  /** Calls off what is on its way. */
  stop(): void {
    for (const part of this.waiting) this[part].stop();
  }
  resume(): void {
    for (const part of this.stopped) this[part].reload();
  }
}

interface Measuring {
  name: string;
  stage: string | null;
  channel: string | null;
}

const touchpoints = (definition: Record<string, unknown> | null): Measuring[] => (definition?.["touchpoints"] as Measuring[] | undefined) ?? [];
