"""card.move: a card to another place, also in another cell."""

from typing import Literal

from desireline.maps.commands.base import Applied, At, Json, MapCommand, refused
from desireline.maps.commands.contents import check_card
from desireline.maps.commands.places import find_card, find_step, index_of, inserted, with_cell, without
from desireline.model.journey_map import Id


class CardMove(MapCommand):
    """Moves a card within its cell or to another. One that refers to the library stays in lanes of its kind."""

    do: Literal["card.move"]
    id: Id
    lane: Id
    step: Id
    at: At = None

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        place = find_card(document, self.id)
        lane = index_of(document["lanes"], self.lane)
        find_step(document, self.step)
        source, target = document["lanes"][place.lane], document["lanes"][lane]
        cards = source["cells"][place.step]
        card = cards[place.at]
        left = with_cell(document, place.lane, place.step, without(cards, place.at))
        arrived = inserted(left["lanes"][lane]["cells"].get(self.step, []), card, self.at)
        check_card(target, card)
        if card["ref"] is not None and source["kind"] != target["kind"]:
            raise refused("wrong_lane", self.lane)
        inverse = {"do": self.do, "id": self.id, "lane": source["id"], "step": place.step, "at": place.at}
        return with_cell(left, lane, self.step, arrived), inverse
