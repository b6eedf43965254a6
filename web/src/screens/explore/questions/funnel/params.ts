import type { Exclusion, FunnelStepAsked } from "../../../../core/types";
import { detailed, oneOf, someOf, span, text, under, whole } from "../param";
import { question } from "../question";

export const ORDERS = ["ordered", "strict", "any"] as const;
export const TRENDS = ["day", "week", "month"] as const;
export const MAX_STEPS = 32;

export const funnel = question("funnel", {
  group: "ways",
  fields: {
    steps: under("step", detailed<FunnelStepAsked>(MAX_STEPS)),
    within: span(),
    order: oneOf(ORDERS, "ordered"),
    exclude: detailed<Exclusion>(MAX_STEPS),
    by: text(),
    attribution: text("first"),
    top: whole(1, 100, 10),
    trend: someOf(TRENDS),
  },
  looks: { reach: whole(0, MAX_STEPS, 0) },
  request: (fields) => (fields.steps.length ? fields : null),
});
