/** The kinds of KPIs in the language in use, asked for once a language. */

import type { KpiKind } from "../../core/kpis";
import { i18n } from "../../state/i18n.svelte";
import { kpis } from "../../state/kpis";

class Kinds {
  list = $state.raw<readonly KpiKind[]>([]);
  #asked = "";

  async need(): Promise<void> {
    const locale = i18n.locale;
    if (this.#asked === locale) return;
    this.#asked = locale;
    try {
      this.list = await kpis.kinds();
    } catch {
      this.#asked = ""; // the definitions only: figures stand without them
    }
  }

  of = (kind: string): KpiKind | null => this.list.find((one) => one.kind === kind) ?? null;
}

export const kinds = new Kinds();
