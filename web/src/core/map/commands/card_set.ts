/** card.set: the text of a card and everything else in it. */

import { command } from "./command";
import { checkCard } from "./contents";
import { findCard, withCell } from "./places";
import { allBut, values } from "./setting";
import { cardFields, given, id } from "./shapes";

const SETTABLE = allBut(cardFields, "id");

export const cardSet = command({
  name: "card.set",
  label: "map.command.card.set",
  keys: ["Enter", "F2"],
  fields: { id, set: given },
  apply: (map, { id, set: wanted }) => {
    const { index, lane, step, at, card, cards } = findCard(map, id);
    const { set, old } = values(cardFields, SETTABLE, wanted, card);
    const changed = { ...card, ...set };
    checkCard(lane, changed);
    return { map: withCell(map, index, step, cards.with(at, changed)), inverse: { do: "card.set", id, set: old } };
  },
});
