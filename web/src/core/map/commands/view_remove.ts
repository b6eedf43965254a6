/** view.remove: a saved way to look at the map goes. */

import { command } from "./command";
import { find, without } from "./places";
import { id } from "./shapes";

export const viewRemove = command({
  name: "view.remove",
  label: "map.command.view.remove",
  fields: { id },
  apply: (map, { id }) => {
    const [at, view] = find(map.views, id);
    return { map: { ...map, views: without(map.views, at) }, inverse: { do: "view.add", view, at } };
  },
});
