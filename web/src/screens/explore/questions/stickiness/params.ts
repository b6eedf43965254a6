import { oneOf, text } from "../param";
import { question } from "../question";

export const stickiness = question("stickiness", {
  group: "return",
  fields: { period: oneOf(["week", "month"], "week"), event: text() },
  request: (fields) => fields,
});
