"""card.remove: a card goes."""

from typing import Literal

from desireline.maps.commands.base import Applied, Json, MapCommand
from desireline.maps.commands.places import find_card, with_cell, without
from desireline.model.journey_map import Id


class CardRemove(MapCommand):
    """Removes a card."""

    do: Literal["card.remove"]
    id: Id

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        place = find_card(document, self.id)
        lane = document["lanes"][place.lane]
        cards = lane["cells"][place.step]
        inverse = {
            "do": "card.add", "lane": lane["id"], "step": place.step, "at": place.at, "card": cards[place.at],
        }  # fmt: skip
        return with_cell(document, place.lane, place.step, without(cards, place.at)), inverse
