import { either, flag, oneOf, text, whole } from "../param";
import { question } from "../question";

export const transitions = question("transitions", {
  group: "ways",
  fields: { top: whole(1, 1000, 20), collapse: flag(), goal: text(), reached: either() },
  looks: { view: oneOf(["table", "matrix"], "table") },
  request: (fields) => fields,
});
