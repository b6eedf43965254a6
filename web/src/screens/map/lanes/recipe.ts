/** How an emotion lane is computed when nobody changed it. */

import type { EmotionRecipe } from "../../../core/map/document";

export const RECIPE: EmotionRecipe = {
  csat: { centre: 3, divisor: 1 },
  ces: { centre: 4, divisor: 1.5 },
  nps: { centre: 5, divisor: 2.5 },
  scales: {},
  weights: {},
  behaviour: false,
  words: false,
};
