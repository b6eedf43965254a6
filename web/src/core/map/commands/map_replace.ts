/** map.replace: another document in the place of this one, as when an old version is restored. */

import { command } from "./command";
import { map as document } from "./shapes";
import { whole } from "./whole";

export const mapReplace = command({
  name: "map.replace",
  label: "map.command.map.replace",
  fields: { document },
  apply: (map, { document: other }) => {
    return { map: { ...whole(other), id: map.id }, inverse: { do: "map.replace", document: map } };
  },
});
