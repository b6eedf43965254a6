/** path.remove: an allowed way through the map goes. */

import { command } from "./command";
import { find, without } from "./places";
import { id } from "./shapes";

export const pathRemove = command({
  name: "path.remove",
  label: "map.command.path.remove",
  fields: { id },
  apply: (map, { id }) => {
    const [at, path] = find(map.paths, id);
    return { map: { ...map, paths: without(map.paths, at) }, inverse: { do: "path.add", path, at } };
  },
});
