/** The ideal map that a session is compared with, loaded once for all who need its steps. */

import type { JourneyMap } from "../../../core/map/document";
import { stepName } from "../../../core/map/find";
import { t } from "../../../state/i18n.svelte";
import { maps } from "../../../state/maps";
import type { MapSession } from "../../../state/mapsession.svelte";
import { resource, type Resource } from "../../../state/resource.svelte";

/** Call while a component is set up. Null while nothing is compared, or the ideal map is on its way. */
export function idealOf(session: () => MapSession): { readonly document: JourneyMap | null; name: (step: string) => string } {
  const wanted = $derived(session().conformance?.ideal ?? null);
  const other: Resource<JourneyMap> = resource((signal) => (wanted === null || wanted === session().id ? null : maps.sheet(wanted, { signal })));
  const document = $derived(wanted === session().id ? session().document : other.data?.id === wanted ? other.data : null);
  return {
    get document() {
      return document;
    },
    name: (step) => (document && stepName(document, step)) || t("map.grid.unnamed_step"),
  };
}
