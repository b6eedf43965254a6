/** card.move: a card to another place, also in another cell. */

import { command } from "./command";
import { checkCard } from "./contents";
import { cardsIn, find, findCard, findStep, inserted, withCell, without } from "./places";
import { Refused } from "./refused";
import { at, id } from "./shapes";

export const cardMove = command({
  name: "card.move",
  label: "map.command.card.move",
  keys: ["alt+ArrowLeft", "alt+ArrowRight", "alt+ArrowUp", "alt+ArrowDown"],
  fields: { id, lane: id, step: id, at },
  apply: (map, { id, lane: row, step, at }) => {
    const from = findCard(map, id);
    const [to, target] = find(map.lanes, row);
    findStep(map, step);
    const left = withCell(map, from.index, from.step, without(from.cards, from.at));
    const arrived = inserted(cardsIn(left.lanes[to]?.cells ?? {}, step), from.card, at);
    checkCard(target, from.card);
    if (from.card.ref !== null && from.lane.kind !== target.kind) throw new Refused("wrong_lane", row);
    return {
      map: withCell(left, to, step, arrived),
      inverse: { do: "card.move", id, lane: from.lane.id, step: from.step, at: from.at },
    };
  },
});
