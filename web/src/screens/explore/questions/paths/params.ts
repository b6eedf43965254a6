import { decimal, flag, oneOf, text, whole } from "../param";
import { question } from "../question";

export const DIRECTIONS = ["from", "to", "around", "between"] as const;
export const FORMS = ["flow", "graph"] as const;
export const VIEWS = ["picture", "table"] as const;

export const paths = question("paths", {
  group: "ways",
  fields: {
    anchor: text(),
    direction: oneOf(DIRECTIONS, "from"),
    to: text(),
    depth: whole(2, 20, 5),
    min_share: decimal(0, 1, 0),
    collapse: flag(),
    form: oneOf(FORMS, "flow"),
  },
  looks: { view: oneOf(VIEWS, "picture") },
  request: ({ anchor, ...others }) => (anchor === null || (others.direction === "between" && others.to === null) ? null : { anchor, ...others }),
});
