/** The maps of the portfolio screen, which of them are chosen, and what is done to them. */

import { SvelteSet } from "svelte/reactivity";
import type { Bulk, MapInfo } from "../../core/map/api";
import { localDay } from "../../core/map/due";
import { lookOf, shown, sorted, toAddress, type Group, type Look } from "../../core/map/portfolio";
import type { LifeCycle, MapStatus } from "../../core/map/document";
import { i18n, t } from "../../state/i18n.svelte";
import { announce, toast } from "../../state/live.svelte";
import { maps as mapClient } from "../../state/maps";
import { asApiError } from "../../state/resource.svelte";
import { router } from "../../state/router.svelte";

export class Portfolio {
  all = $state.raw<MapInfo[]>([]);
  readonly chosen = new SvelteSet<string>();
  readonly today = localDay();
  busy = $state(false);
  readonly look: Look = $derived(lookOf(router.route.query));
  readonly shown: MapInfo[] = $derived(
    sorted(shown(this.all, this.look, this.today), this.look.sort, this.look.down, i18n.locale === "__test__" ? "en" : i18n.locale),
  );
  /** The chosen maps that are to be seen; what a filter hides is not changed by accident. */
  readonly selected: MapInfo[] = $derived(this.shown.filter((map) => this.chosen.has(map.id)));

  async load(signal: AbortSignal): Promise<MapInfo[]> {
    return (this.all = await mapClient.list({ signal }));
  }

  show(look: Partial<Look>): void {
    router.setQuery(toAddress(look));
  }

  sortBy(sort: Look["sort"]): void {
    const first = ["changed", "worst", "comments"].includes(sort);
    this.show({ sort, down: this.look.sort === sort ? !this.look.down : first });
  }

  choose(ids: readonly string[], on: boolean): void {
    for (const id of ids) if (on) this.chosen.add(id); else this.chosen.delete(id);
    announce(t("maps.selected", { n: this.chosen.size }));
  }

  /** One change to many maps; true if the server took it. */
  async change(asked: Bulk, said: string): Promise<boolean> {
    this.busy = true;
    try {
      await mapClient.bulk(asked);
      this.all = await mapClient.list();
      if (asked.delete) for (const id of asked.maps) this.chosen.delete(id);
      toast(said);
      return true;
    } catch (error) {
      toast(asApiError(error).message, "bad");
      return false;
    } finally {
      this.busy = false;
    }
  }

  /** Moves a map into another column of the board; shown at once, put back if the server refuses. */
  async move(map: MapInfo, group: Group, key: string | null, column: string): Promise<void> {
    if (map[group] === key) return;
    const before = this.all;
    this.all = before.map((m) => (m.id === map.id ? { ...m, [group]: key } : m));
    announce(t("board.moved", { name: map.name, column }));
    try {
      if (key === null) await this.#empty(map);
      else await mapClient.bulk(group === "status" ? { maps: [map.id], status: key as MapStatus } : { maps: [map.id], life_cycle: key as LifeCycle });
      this.all = await mapClient.list();
    } catch (error) {
      this.all = before;
      toast(asApiError(error).message, "bad");
    }
  }

  /** A bulk change leaves alone what it does not name, so taking the life cycle away is a command of the map itself. */
  async #empty(map: MapInfo): Promise<void> {
    await mapClient.send(map.id, { id: crypto.randomUUID(), base: map.version, commands: [{ do: "map.set", set: { life_cycle: null } }] });
  }
}
