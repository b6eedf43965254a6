/** The names that a goal can have: the definition's goals, then its touchpoints, then events. */

import { workspace } from "../../../state/workspace.svelte";

export function goalNames(): string[] {
  const known = workspace.dimensions;
  if (!known) return [];
  return [...new Set([...known.goals, ...known.touchpoints, ...known.event_names])];
}
