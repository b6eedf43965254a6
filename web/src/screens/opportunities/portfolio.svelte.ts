/** The opportunities of the screen, and what its views do to them; a change is shown at once, and gone again if it fails. */

import type { Opportunity, OpportunityPortfolio, OpportunityStatus, OpportunityWritten, RankedOpportunity } from "../../core/opportunities";
import { saved } from "../../core/saving";
import { t } from "../../state/i18n.svelte";
import { announce, toast } from "../../state/live.svelte";
import { opportunities as client } from "../../state/opportunities";
import { asApiError } from "../../state/resource.svelte";
import { router } from "../../state/router.svelte";
import { viewOf, type View } from "./look";

interface Pending {
  id: string;
  set: OpportunityWritten;
}

export class Portfolio {
  #kept = $state.raw<OpportunityPortfolio | null>(null);
  /** Changes on their way, in the order in which they are sent: one after the other, each on the revision before it. */
  #pending = $state.raw<readonly Pending[]>([]);
  #last: Promise<void> = Promise.resolve();
  readonly data: OpportunityPortfolio | null = $derived(this.#kept && withChanges(this.#kept, this.#pending));
  readonly view: View = $derived(viewOf(router.route.query));
  readonly listed: readonly RankedOpportunity[] = $derived(this.data?.opportunities ?? []);
  readonly valued: number = $derived(this.listed.filter((one) => one.rank_low !== null).length);

  async load(signal?: AbortSignal): Promise<OpportunityPortfolio> {
    return (this.#kept = await client.portfolio(null, { signal }));
  }

  /** Changes one, shown at once; `said` is announced once it is kept. */
  change(one: Opportunity, set: OpportunityWritten, said: string): Promise<void> {
    const pending = { id: one.id, set };
    this.#pending = [...this.#pending, pending];
    this.#last = this.#last.then(() => this.#send(one, pending, said));
    return this.#last;
  }

  move(one: Opportunity, status: OpportunityStatus, column: string): Promise<void> {
    return one.status === status ? Promise.resolve() : this.change(one, { status }, t("board.moved", { name: one.title, column }));
  }

  async #send(one: Opportunity, pending: Pending, said: string): Promise<void> {
    const known = this.#kept?.opportunities.find((ranked) => ranked.opportunity.id === one.id)?.opportunity;
    try {
      const { clashes } = await saved(client, known ?? one, pending.set);
      await this.load();
      if (clashes.length) toast(t("opportunities.clash.newer", { title: one.title }), "bad");
      else announce(said);
    } catch (error) {
      toast(asApiError(error).message, "bad");
    } finally {
      this.#pending = this.#pending.filter((other) => other !== pending);
    }
  }
}

function withChanges(kept: OpportunityPortfolio, pending: readonly Pending[]): OpportunityPortfolio {
  if (!pending.length) return kept;
  const opportunities = kept.opportunities.map((ranked) => {
    const sets = pending.filter((one) => one.id === ranked.opportunity.id).map((one) => one.set);
    return sets.length ? { ...ranked, opportunity: Object.assign({}, ranked.opportunity, ...sets) as Opportunity } : ranked;
  });
  return { ...kept, opportunities };
}
