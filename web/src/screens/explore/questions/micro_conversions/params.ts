import { optionalList, text, under } from "../param";
import { question } from "../question";

export const microConversions = question("micro_conversions", {
  group: "goal",
  fields: { goal: text(), names: under("name", optionalList()) },
  request: ({ goal, ...others }) => (goal === null ? null : { goal, ...others }),
});
