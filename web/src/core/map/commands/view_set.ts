/** view.set: what a saved view shows. */

import { command } from "./command";
import { find, withPart } from "./places";
import { allBut, values } from "./setting";
import { given, id, viewFields } from "./shapes";

const SETTABLE = allBut(viewFields, "id");

export const viewSet = command({
  name: "view.set",
  label: "map.command.view.set",
  fields: { id, set: given },
  apply: (map, { id, set: wanted }) => {
    const [at, view] = find(map.views, id);
    const { set, old } = values(viewFields, SETTABLE, wanted, view);
    return { map: withPart(map, "views", at, { ...view, ...set }), inverse: { do: "view.set", id, set: old } };
  },
});
