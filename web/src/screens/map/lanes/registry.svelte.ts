/** What cards of an open map show of elsewhere: KPIs of the registry with their figures, and actions with their verdicts. */

import type { Action } from "../../../core/actions";
import { fromQuery } from "../../../core/filters";
import type { Kpi, KpiAsked } from "../../../core/kpis";
import type { JourneyMap } from "../../../core/map/document";
import type { MapSession } from "../../../state/mapsession.svelte";
import { resource, type Resource } from "../../../state/resource.svelte";
import { router } from "../../../state/router.svelte";
import { workspace } from "../../../state/workspace.svelte";
import type { Shown } from "../../kpis/measuring";

interface FoundKpis {
  all: ReadonlyMap<string, Kpi>;
  shown: ReadonlyMap<string, Shown>;
}

interface Registry {
  readonly kpis: Resource<FoundKpis>;
  readonly actions: Resource<ReadonlyMap<string, Action>>;
}

const followed = new WeakMap<MapSession, Registry>();

export const registryOf = (session: MapSession): Registry | null => followed.get(session) ?? null;

/** Keeps what the cards of a map refer to; call while a component that lives as long as the session is set up. */
export function followRegistry(session: MapSession): void {
  const events = $derived(workspace.status?.events);
  const ids = $derived(JSON.stringify(kpisOn(session.document)));
  const asked = $derived(JSON.stringify(askedOf(router.route.query)));
  const judged = $derived(JSON.stringify(judgedOn(session.document)));
  const found: Registry = {
    kpis: resource((signal) => {
      void events;
      const wanted = JSON.parse(ids) as string[];
      return wanted.length ? figures(wanted, JSON.parse(asked) as KpiAsked, signal) : null;
    }),
    actions: resource((signal) => (judged === "[]" ? null : verdicts(session.id, signal))),
  };
  followed.set(session, found);
  $effect(() => {
    session.kpiNames = new Map([...(found.kpis.data?.all ?? [])].map(([id, kpi]) => [id, kpi.name]));
  });
}

/** What a card's field refers to, by its names; null where the field refers to nothing of elsewhere. */
export function referred(session: MapSession, field: string | null, value: unknown): string | null {
  const found = registryOf(session);
  if (field === "kpi" && typeof value === "string") return found?.kpis.data?.all.get(value)?.name ?? null;
  if (field !== "verdicts" || !Array.isArray(value) || !value.length) return null;
  return value.map((id) => found?.actions.data?.get(String(id))?.name ?? String(id)).join(", ");
}

const cardsOf = (map: JourneyMap) => map.lanes.flatMap((lane) => Object.values(lane.cells).flat());
const kpisOn = (map: JourneyMap): string[] => [...new Set(cardsOf(map).flatMap((card) => card.kpi ?? []))].sort();
const judgedOn = (map: JourneyMap): string[] => [...new Set(cardsOf(map).flatMap((card) => card.verdicts))].sort();

/** The days and the people that the map's own figures are of. */
function askedOf(query: URLSearchParams): KpiAsked {
  const { since, until } = fromQuery(query);
  const segment = query.get("segment");
  return { by: "week", ...(since ? { since } : {}), ...(until ? { until } : {}), ...(segment ? { segment } : {}) };
}

async function figures(wanted: readonly string[], asked: KpiAsked, signal: AbortSignal): Promise<FoundKpis> {
  const [{ kpis }, { measured }] = await Promise.all([import("../../../state/kpis"), import("../../kpis/measuring")]);
  const all = new Map((await kpis.all({ signal })).map((kpi) => [kpi.id, kpi]));
  return { all, shown: await measured(kpis, wanted.filter((id) => all.has(id)), asked, signal) };
}

async function verdicts(map: string, signal: AbortSignal): Promise<ReadonlyMap<string, Action>> {
  const { actions } = await import("../../../state/actions");
  return new Map((await actions.onMap(map, { signal })).map((action) => [action.id, action]));
}
