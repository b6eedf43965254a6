/** The opportunities of the screen, and what its views do to them; a change is shown at once and put back if it fails. */

import type { Opportunity, OpportunityPortfolio, OpportunityStatus, OpportunityWritten, RankedOpportunity } from "../../core/opportunities";
import { saved } from "../../core/saving";
import { t } from "../../state/i18n.svelte";
import { announce, toast } from "../../state/live.svelte";
import { opportunities as client } from "../../state/opportunities";
import { asApiError } from "../../state/resource.svelte";
import { router } from "../../state/router.svelte";
import { viewOf, type View } from "./look";

export class Portfolio {
  data = $state.raw<OpportunityPortfolio | null>(null);
  readonly view: View = $derived(viewOf(router.route.query));
  readonly listed: readonly RankedOpportunity[] = $derived(this.data?.opportunities ?? []);
  readonly valued: number = $derived(this.listed.filter((one) => one.rank_low !== null).length);

  async load(signal?: AbortSignal): Promise<OpportunityPortfolio> {
    return (this.data = await client.portfolio(null, { signal }));
  }

  /** Changes one; `said` is announced once it is kept. */
  async change(one: Opportunity, set: OpportunityWritten, said: string): Promise<void> {
    const before = this.data;
    this.#show({ ...one, ...set } as Opportunity);
    try {
      const { clashes } = await saved(client, one, set);
      await this.load();
      if (clashes.length) toast(t("opportunities.clash.newer", { title: one.title }), "bad");
      else announce(said);
    } catch (error) {
      this.data = before;
      toast(asApiError(error).message, "bad");
    }
  }

  move(one: Opportunity, status: OpportunityStatus, column: string): Promise<void> {
    return one.status === status ? Promise.resolve() : this.change(one, { status }, t("board.moved", { name: one.title, column }));
  }

  #show(changed: Opportunity): void {
    if (!this.data) return;
    const opportunities = this.data.opportunities.map((ranked) => (ranked.opportunity.id === changed.id ? { ...ranked, opportunity: changed } : ranked));
    this.data = { ...this.data, opportunities };
  }
}
