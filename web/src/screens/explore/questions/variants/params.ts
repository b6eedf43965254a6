import { flag, oneOf, whole } from "../param";
import { question } from "../question";

export const LABELS = ["touchpoint", "stage", "channel"] as const;

export const variants = question("variants", {
  group: "ways",
  fields: { top: whole(1, 1000, 20), collapse: flag(), by: oneOf(LABELS, "touchpoint") },
  request: (fields) => fields,
});
