/** What is done to a whole map. */

import { href } from "../../../core/router";
import { t } from "../../../state/i18n.svelte";
import { toast } from "../../../state/live.svelte";
import { maps } from "../../../state/maps";
import type { MapSession } from "../../../state/mapsession.svelte";
import { asApiError } from "../../../state/resource.svelte";
import { router } from "../../../state/router.svelte";

async function attempt(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    toast(asApiError(error).message, "bad");
  }
}

/** A second map with the same content and a name of its own, by way of the map's own file. */
export const duplicate = (session: MapSession): Promise<void> =>
  attempt(async () => {
    const taken = new Set((await maps.list()).map((map) => map.name));
    const base = t("map.copy_of", { name: session.document.name });
    const name = [base, ...Array.from({ length: taken.size }, (_, i) => `${base} ${i + 2}`)].find((one) => !taken.has(one)) ?? base;
    const { version: _v, measured: _m, snapshot: _s, ...file } = await maps.sheet(session.id);
    const { map } = await maps.importFile(new File([JSON.stringify(file)], "map.json", { type: "application/json" }), name.slice(0, 200), null);
    toast(t("maps.new.made", { name: map.name }));
    router.go(href("map", [map.id]));
  });

export const saveAsTemplate = (session: MapSession): Promise<void> =>
  attempt(async () => {
    const { name } = await maps.saveTemplate(session.id);
    toast(t("maps.template.saved", { name }));
  });

export const remove = (session: MapSession): Promise<void> =>
  attempt(async () => {
    await maps.remove(session.id);
    toast(t("maps.deleted", { n: 1 }));
    router.go(href("maps"));
  });
