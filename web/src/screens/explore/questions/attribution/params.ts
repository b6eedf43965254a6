import { flag, oneOf, severalOf, span, text, under, whole } from "../param";
import { question } from "../question";

export const MODELS = ["first", "last", "last_non_direct", "linear", "time_decay", "position", "markov", "shapley"] as const;
export const TOUCHES = ["channel", "touchpoint", "source"] as const;

export const attribution = question("attribution", {
  group: "goal",
  fields: {
    goal: text(),
    models: under("model", severalOf(MODELS)),
    credit: oneOf(["conversions", "value"], "conversions"),
    within: span(),
    half_life: span("7d"),
    order: whole(1, 3, 1),
    touch: oneOf(TOUCHES, "channel"),
    intervals: flag(true),
  },
  looks: { focus: oneOf(MODELS, "markov") },
  request: ({ goal, ...others }) => (goal === null ? null : { goal, ...others }),
});
