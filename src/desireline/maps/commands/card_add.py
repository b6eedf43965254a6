"""card.add: a new card in a cell."""

from typing import Literal

from desireline.maps.commands.base import Applied, At, Json, MapCommand, plain
from desireline.maps.commands.contents import check_card, check_new
from desireline.maps.commands.places import find_step, index_of, inserted, with_cell
from desireline.model.journey_map import Card, Id


class CardAdd(MapCommand):
    """Adds a card to a cell."""

    do: Literal["card.add"]
    lane: Id
    step: Id
    at: At = None
    card: Card

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        card = plain(self.card)
        lane = index_of(document["lanes"], self.lane)
        find_step(document, self.step)
        row = document["lanes"][lane]
        cards = inserted(row["cells"].get(self.step, []), card, self.at)
        check_new(document, [card["id"]])
        check_card(row, card)
        return with_cell(document, lane, self.step, cards), {"do": "card.remove", "id": card["id"]}
