import { oneOf, text } from "../param";
import { question } from "../question";

export const lifecycle = question("lifecycle", {
  group: "return",
  fields: { period: oneOf(["day", "week", "month"], "week"), event: text() },
  request: (fields) => fields,
});
