/** What every part is asked with, and what it knows of the workspace. */

import type { Definition } from "../../../core/definition";
import type { Asked } from "../../../core/types";
import { api } from "../../../state/api";
import { resource, type Resource } from "../../../state/resource.svelte";
import { router } from "../../../state/router.svelte";
import { workspace } from "../../../state/workspace.svelte";
import { shared } from "../../explore/address";
import { goalOf, grainOf, looking, partOf, type Looking } from "../address";

export const now = (): Looking => looking(router.route.query);

/** The part of a request that the address gives. */
export function asked(): Asked {
  const { frame, filters } = now();
  return shared({ frame: { ...frame, grain: grainOf(partOf(router.route.parts), frame.grain) }, filters });
}

/** The goal to ask with; undefined until it is known which goals there are. */
export function goal(): string | null | undefined {
  const known = workspace.dimensions;
  return known || workspace.error ? goalOf(now().goal, known?.goals ?? []) : undefined;
}

/** The newest main definition; null where there is none. */
export function definition(): Resource<Definition> {
  return resource((signal) => (workspace.hasDefinition ? api.get<Definition>("/definition", {}, { signal }) : null));
}
