/** view.add: a saved way to look at the map. */

import { command } from "./command";
import { checkNew } from "./contents";
import { inserted } from "./places";
import { at, view } from "./shapes";

export const viewAdd = command({
  name: "view.add",
  label: "map.command.view.add",
  fields: { view, at },
  apply: (map, { view, at }) => {
    const views = inserted(map.views, view, at);
    checkNew(map, [view.id]);
    return { map: { ...map, views }, inverse: { do: "view.remove", id: view.id } };
  },
});
