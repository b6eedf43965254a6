/** card.add: a new card in a cell. */

import { command } from "./command";
import { checkCard, checkNew } from "./contents";
import { cardsIn, find, findStep, inserted, withCell } from "./places";
import { at, card, id } from "./shapes";

export const cardAdd = command({
  name: "card.add",
  label: "map.command.card.add",
  keys: ["n", "Insert"],
  fields: { lane: id, step: id, at, card },
  apply: (map, { lane: row, step, at, card }) => {
    const [index, lane] = find(map.lanes, row);
    findStep(map, step);
    const cards = inserted(cardsIn(lane.cells, step), card, at);
    checkNew(map, [card.id]);
    checkCard(lane, card);
    return { map: withCell(map, index, step, cards), inverse: { do: "card.remove", id: card.id } };
  },
});
