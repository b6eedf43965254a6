import { oneOf, span, text } from "../param";
import { question } from "../question";

export const durations = question("durations", {
  group: "time",
  fields: { from: text("@first"), to: text("@last"), of: oneOf(["touchpoint", "stage"], "touchpoint"), by: text(), horizon: span() },
  request: (fields) => fields,
});
