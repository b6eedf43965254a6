/** One opportunity while it is edited: what is typed shows at once and is saved by itself; clashes wait for a word. */

import { FIGURES, type FigureName, type Opportunity, type OpportunityFields, type OpportunityFigure, type OpportunityWritten } from "../../../core/opportunities";
import { saved, type Clash } from "../../../core/saving";
import { t } from "../../../state/i18n.svelte";
import { announce } from "../../../state/live.svelte";
import { opportunities as client } from "../../../state/opportunities";
import { asApiError } from "../../../state/resource.svelte";

export type Saving = "saved" | "saving" | "failed";

export class Draft {
  seen = $state.raw<Opportunity>() as Opportunity;
  #waiting = $state.raw<OpportunityWritten>({});
  #sent = $state.raw<OpportunityWritten>({});
  clashes = $state.raw<Clash[]>([]);
  failure = $state<string | null>(null);
  #busy = $state(false);
  /** As it will be once everything is saved. */
  readonly now: Opportunity = $derived(shown(this.seen, { ...this.#sent, ...this.#waiting }));
  readonly state: Saving = $derived(this.failure ? "failed" : this.#busy || Object.keys(this.#waiting).length ? "saving" : "saved");

  constructor(seen: Opportunity) {
    this.seen = seen;
  }

  set(fields: OpportunityWritten): void {
    this.#waiting = { ...this.#waiting, ...fields };
    this.clashes = this.clashes.filter((clash) => !(clash.field in fields));
    void this.flush();
  }

  /** Sends what waits; what is typed meanwhile goes after it. */
  async flush(): Promise<void> {
    if (this.#busy) return;
    this.#busy = true;
    this.failure = null;
    try {
      while (Object.keys(this.#waiting).length) {
        [this.#sent, this.#waiting] = [this.#waiting, {}];
        const { now, clashes } = await saved(client, this.seen, this.#sent);
        this.#sent = {};
        this.take(now);
        this.clashes = [...this.clashes, ...clashes];
        announce(clashes.length ? t("opportunities.clash.title") : t("opportunities.saved"));
      }
    } catch (error) {
      this.#waiting = { ...this.#sent, ...this.#waiting };
      this.#sent = {};
      this.failure = asApiError(error).message;
    } finally {
      this.#busy = false;
    }
  }

  /** A newer state from the server. */
  take(now: Opportunity): void {
    this.seen = now;
  }

  /** What I wrote goes over what the other wrote. */
  keepMine(clash: Clash): void {
    this.set({ [clash.field]: clash.mine } as OpportunityWritten);
  }

  takeTheirs(clash: Clash): void {
    this.clashes = this.clashes.filter((one) => one !== clash);
  }
}

const isFigure = (field: string): field is FigureName => (FIGURES as readonly string[]).includes(field);

function shown(seen: Opportunity, set: OpportunityWritten): Opportunity {
  const fields: Partial<OpportunityFields> = {};
  for (const [field, value] of Object.entries(set)) {
    const figure = isFigure(field) && value ? ({ origin: "typed", low: null, high: null, ...(value as object) } as OpportunityFigure) : value;
    Object.assign(fields, { [field]: figure });
  }
  return { ...seen, ...fields };
}
