/** A plan's segment as it can be chosen again; where the server keeps its parts, it is asked for their text. */

import type { Segment } from "../../../core/segments";
import { api } from "../../../state/api";
import { received, type Chosen } from "../../explore/frame";

export async function chosenOf(segment: Segment | string | null): Promise<Chosen | null> {
  const known = received(segment);
  if (known || segment === null || typeof segment === "string") return known;
  const { text } = await api.checkSegment(segment);
  return text ? { of: segment.of, where: text } : null;
}
