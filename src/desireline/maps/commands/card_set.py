"""card.set: the text of a card and everything else in it."""

from typing import ClassVar, Literal

from desireline.maps.commands.base import Applied, Json, MapCommand, Set
from desireline.maps.commands.contents import check_card
from desireline.maps.commands.places import card_at, find_card, swapped, with_cell
from desireline.maps.commands.setting import old, values
from desireline.model.journey_map import Card, Id


class CardSet(MapCommand):
    """Sets what a card says. A binding, ratings, a hand-off or an image is set whole."""

    settable: ClassVar = tuple(name for name in Card.model_fields if name != "id")
    do: Literal["card.set"]
    id: Id
    set: Set

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        place = find_card(document, self.id)
        new = values(Card, self.settable, self.set)
        was = card_at(document, place)
        lane = document["lanes"][place.lane]
        card = {**was, **new}
        check_card(lane, card)
        cards = swapped(lane["cells"][place.step], place.at, card)
        inverse = {"do": self.do, "id": self.id, "set": old(was, new)}
        return with_cell(document, place.lane, place.step, cards), inverse
