/** How far two groups can be compared: the chances of meeting something that each had, as pictures. */

/** A bin of the chance of meeting it, as parts of the tallest of each group. */
export interface Bar {
  from: number;
  to: number;
  met: number;
  others: number;
}

/** The picture of overlap: both groups scaled to their own tallest bin. */
export function bars({ edges, exposed, controls }: { edges: readonly number[]; exposed: readonly number[]; controls: readonly number[] }): Bar[] {
  const [most, mostOthers] = [Math.max(1, ...exposed), Math.max(1, ...controls)];
  return exposed.map((met, i) => ({ from: edges[i] ?? 0, to: edges[i + 1] ?? 1, met: met / most, others: (controls[i] ?? 0) / mostOthers }));
}
