/** path.add: an allowed way through the map. */

import { command } from "./command";
import { checkNew, checkSteps } from "./contents";
import { inserted } from "./places";
import { at, path } from "./shapes";

export const pathAdd = command({
  name: "path.add",
  label: "map.command.path.add",
  fields: { path, at },
  apply: (map, { path, at }) => {
    const paths = inserted(map.paths, path, at);
    checkNew(map, [path.id]);
    checkSteps(map, path.steps);
    return { map: { ...map, paths }, inverse: { do: "path.remove", id: path.id } };
  },
});
