/** lane.remove: a row goes with its cards. */

import { command } from "./command";
import { find, without } from "./places";
import { id } from "./shapes";

export const laneRemove = command({
  name: "lane.remove",
  label: "map.command.lane.remove",
  keys: ["Delete", "Backspace"],
  fields: { id },
  apply: (map, { id }) => {
    const [at, lane] = find(map.lanes, id);
    return { map: { ...map, lanes: without(map.lanes, at) }, inverse: { do: "lane.add", lane, at } };
  },
});
