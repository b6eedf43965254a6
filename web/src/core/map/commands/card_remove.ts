/** card.remove: a card goes. */

import { command } from "./command";
import { findCard, withCell, without } from "./places";
import { id } from "./shapes";

export const cardRemove = command({
  name: "card.remove",
  label: "map.command.card.remove",
  keys: ["Delete", "Backspace"],
  fields: { id },
  apply: (map, { id }) => {
    const { index, lane, step, at, card, cards } = findCard(map, id);
    return { map: withCell(map, index, step, without(cards, at)), inverse: { do: "card.add", lane: lane.id, step, at, card } };
  },
});
