/** map.set: what is said of the whole map. */

import { command } from "./command";
import { values } from "./setting";
import { given, mapFields } from "./shapes";

const SETTABLE = [
  "name", "kind", "status", "life_cycle", "goal", "scope", "definition", "owner", "review", "languages", "tags", "parent",
] as const;

export const mapSet = command({
  name: "map.set",
  label: "map.command.map.set",
  fields: { set: given },
  apply: (map, { set: wanted }) => {
    const { set, old } = values(mapFields, SETTABLE, wanted, map);
    return { map: { ...map, ...set }, inverse: { do: "map.set", set: old } };
  },
});
