import { span, spansByName, text, under } from "../param";
import { question } from "../question";

export const sessions = question("sessions", {
  group: "time",
  fields: { gap: span("30m"), gaps: under("gap_of", spansByName()), by: text() },
  request: (fields) => fields,
});
