/** path.set: the name and the steps of an allowed way. */

import { command } from "./command";
import { checkSteps } from "./contents";
import { find, withPart } from "./places";
import { values } from "./setting";
import { given, id, pathFields } from "./shapes";

export const pathSet = command({
  name: "path.set",
  label: "map.command.path.set",
  fields: { id, set: given },
  apply: (map, { id, set: wanted }) => {
    const [at, path] = find(map.paths, id);
    const { set, old } = values(pathFields, ["name", "steps"], wanted, path);
    checkSteps(map, set.steps ?? []);
    return { map: withPart(map, "paths", at, { ...path, ...set }), inverse: { do: "path.set", id, set: old } };
  },
});
