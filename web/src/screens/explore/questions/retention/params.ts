import { numbers, oneOf, text, whole } from "../param";
import { question } from "../question";

export const PERIODS = ["day", "week", "month"] as const;
export const MODES = ["classic", "rolling", "bracketed"] as const;
export const START_KINDS = ["first", "any"] as const;

export const retention = question("retention", {
  group: "return",
  fields: {
    period: oneOf(PERIODS, "week"),
    periods: whole(1, 60, 12),
    start: text(),
    start_kind: oneOf(START_KINDS, "first"),
    returning: text(),
    mode: oneOf(MODES, "classic"),
    brackets: numbers(1, 3650),
    cohort: text("calendar"),
    top: whole(1, 100, 10),
  },
  request: (fields) => fields,
});
