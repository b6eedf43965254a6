/** lane.duplicate: a copy of a row, right below it. */

import { command } from "./command";
import type { Cells } from "./shapes";
import { stepsOf } from "../document";
import { checkNew, copyId } from "./contents";
import { cardsIn, find, inserted } from "./places";
import { id } from "./shapes";

export const laneDuplicate = command({
  name: "lane.duplicate",
  label: "map.command.lane.duplicate",
  keys: ["mod+d"],
  fields: { id, as: id },
  apply: (map, { id, as }) => {
    const [at, lane] = find(map.lanes, id);
    const ids: string[] = [];
    const cells: Cells = {};
    for (const step of stepsOf(map)) {
      const cards = cardsIn(lane.cells, step.id).map((card) => {
        const made = copyId(as, ids.length + 1);
        ids.push(made);
        return { ...card, id: made };
      });
      if (cards.length > 0) cells[step.id] = cards;
    }
    checkNew(map, [as, ...ids]);
    return { map: { ...map, lanes: inserted(map.lanes, { ...lane, id: as, cells }, at + 1) }, inverse: { do: "lane.remove", id: as } };
  },
});
