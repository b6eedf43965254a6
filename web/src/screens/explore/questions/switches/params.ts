import { span, text } from "../param";
import { question } from "../question";

export const switches = question("switches", {
  group: "goal",
  fields: { within: span("72h"), topic: text("touchpoint"), goal: text() },
  request: (fields) => fields,
});
