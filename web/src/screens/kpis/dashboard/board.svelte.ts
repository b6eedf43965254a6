/** The dashboard in the hand of who arranges it: a change shows at once and is kept behind it; what the server refuses is taken back. */

import type { Dashboard, DashboardWritten, Tile } from "../../../core/dashboards";
import { dashboards } from "../../../state/dashboards";
import { t } from "../../../state/i18n.svelte";
import { toast } from "../../../state/live.svelte";
import { asApiError } from "../../../state/resource.svelte";
import { ordered, packed, usual } from "./arranging";

export class Board {
  tiles = $state.raw<Tile[]>([]);
  kept = $state.raw<Dashboard | null>(null);
  #saving: Promise<void> = Promise.resolve();

  /** Without a kept one, all KPIs in the order they were made; tiles of KPIs that are gone are left out. */
  constructor(kept: Dashboard | null, known: readonly string[]) {
    this.kept = kept;
    this.tiles = kept ? ordered(kept.tiles).filter((tile) => known.includes(tile.kpi)) : usual(known);
  }

  get name(): string {
    return this.kept?.name ?? t("kpi.dashboard.all");
  }

  /** Tiles in another order or size; they are packed anew. */
  arrange(tiles: readonly Tile[]): Promise<void> {
    return this.change({ tiles: packed(tiles) });
  }

  change(set: DashboardWritten): Promise<void> {
    const before = this.tiles;
    if (set.tiles) this.tiles = set.tiles;
    this.#saving = this.#saving.then(async () => {
      try {
        this.kept = this.kept
          ? await dashboards.change(this.kept.id, this.kept.revision, set)
          : await dashboards.create({ name: this.name, tiles: this.tiles, ...set });
      } catch (error) {
        this.tiles = before;
        toast(asApiError(error).message, "bad");
      }
    });
    return this.#saving;
  }
}
