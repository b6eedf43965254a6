/** lane.add: a new row, with its cards if it has some. */

import { command } from "./command";
import { checkCard, checkNew, checkSteps } from "./contents";
import { inserted } from "./places";
import { at, lane } from "./shapes";

export const laneAdd = command({
  name: "lane.add",
  label: "map.command.lane.add",
  keys: ["n", "Insert"],
  fields: { lane, at },
  apply: (map, { lane, at }) => {
    const cards = Object.values(lane.cells).flat();
    const lanes = inserted(map.lanes, lane, at);
    checkNew(map, [lane.id, ...cards.map((card) => card.id)]);
    checkSteps(map, Object.keys(lane.cells));
    for (const card of cards) checkCard(lane, card);
    return { map: { ...map, lanes }, inverse: { do: "lane.remove", id: lane.id } };
  },
});
