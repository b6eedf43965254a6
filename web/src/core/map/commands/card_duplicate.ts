/** card.duplicate: a copy of a card; absent, lane and step are those of the card. */

import { command } from "./command";
import { checkCard, checkNew } from "./contents";
import { cardsIn, find, findCard, findStep, inserted, withCell } from "./places";
import { Refused } from "./refused";
import { orNull } from "./shape";
import { at, id } from "./shapes";

export const cardDuplicate = command({
  name: "card.duplicate",
  label: "map.command.card.duplicate",
  keys: ["mod+d"],
  fields: { id, as: id, lane: orNull(id), step: orNull(id), at },
  apply: (map, { id, as, lane: row, step: column, at }) => {
    const from = findCard(map, id);
    const [to, target] = find(map.lanes, row ?? from.lane.id);
    const step = column ?? from.step;
    findStep(map, step);
    const card = { ...from.card, id: as };
    const cards = inserted(cardsIn(target.cells, step), card, at);
    checkNew(map, [as]);
    checkCard(target, card);
    if (card.ref !== null && from.lane.kind !== target.kind) throw new Refused("wrong_lane", target.id);
    return { map: withCell(map, to, step, cards), inverse: { do: "card.remove", id: as } };
  },
});
