/** How sure a place is that resampled people agree on to a share of 0..1. */

export type Surely = "sure" | "half" | "unsure";

export const surely = (share: number): Surely => (share >= 0.8 ? "sure" : share >= 0.5 ? "half" : "unsure");
