/** lane.move: a row to another place. */

import { command } from "./command";
import { find, inserted, without } from "./places";
import { at, id } from "./shapes";

export const laneMove = command({
  name: "lane.move",
  label: "map.command.lane.move",
  keys: ["alt+ArrowUp", "alt+ArrowDown"],
  fields: { id, at },
  apply: (map, { id, at }) => {
    const [was, lane] = find(map.lanes, id);
    return { map: { ...map, lanes: inserted(without(map.lanes, was), lane, at) }, inverse: { do: "lane.move", id, at: was } };
  },
});
