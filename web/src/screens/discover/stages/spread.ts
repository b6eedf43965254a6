/** Where the data put the touchpoints of the definition's stages. */

import type { Definition } from "../../../core/definition";
import type { StagesResult } from "../../../core/discovery";

export interface Spread {
  stage: string;
  parts: {
    /** Of the found stage; null for touchpoints that too few met to be put in order. */
    place: number | null;
    touchpoints: string[];
    /** Whether this is the found stage that fits the definition's. */
    fits: boolean;
  }[];
}

export function spread(result: Pick<StagesResult, "groups">, definition: Definition, fits: readonly (string | null)[]): Spread[] {
  const place = new Map(result.groups.flatMap((group, i) => group.touchpoints.map((one): [string, number] => [one, i])));
  return definition.stages.map(({ name }) => {
    const touchpoints = definition.touchpoints.filter((one) => one.stage === name).map((one) => one.name);
    const places = [...result.groups.keys(), null];
    const parts = places.map((p) => ({ place: p, touchpoints: touchpoints.filter((one) => (place.get(one) ?? null) === p), fits: p !== null && fits[p] === name }));
    return { stage: name, parts: parts.filter((part) => part.touchpoints.length) };
  });
}
