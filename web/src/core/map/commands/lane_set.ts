/** lane.set: the title, channel, height, folding and recipe of a row. Its kind stays. */

import { command } from "./command";
import { find, withPart } from "./places";
import { values } from "./setting";
import { given, id, laneFields } from "./shapes";

export const laneSet = command({
  name: "lane.set",
  label: "map.command.lane.set",
  keys: ["Enter", "F2"],
  fields: { id, set: given },
  apply: (map, { id, set: wanted }) => {
    const [at, lane] = find(map.lanes, id);
    const { set, old } = values(laneFields, ["title", "channel", "collapsed", "height", "recipe"], wanted, lane);
    return { map: withPart(map, "lanes", at, { ...lane, ...set }), inverse: { do: "lane.set", id, set: old } };
  },
});
