"""card.duplicate: a copy of a card."""

from typing import Literal

from pydantic import Field

from desireline.maps.commands.base import Applied, At, Json, MapCommand, refused
from desireline.maps.commands.contents import check_card, check_new
from desireline.maps.commands.places import card_at, find_card, find_step, index_of, inserted, with_cell
from desireline.model.journey_map import Id


class CardDuplicate(MapCommand):
    """Puts a copy of a card into a cell; absent, lane and step are those of the card."""

    do: Literal["card.duplicate"]
    id: Id
    as_: Id = Field(alias="as", description="Id of the copy.")
    lane: Id | None = None
    step: Id | None = None
    at: At = None

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        place = find_card(document, self.id)
        lane = place.lane if self.lane is None else index_of(document["lanes"], self.lane)
        step = place.step if self.step is None else self.step
        find_step(document, step)
        row, card = document["lanes"][lane], {**card_at(document, place), "id": self.as_}
        cards = inserted(row["cells"].get(step, []), card, self.at)
        check_new(document, [self.as_])
        check_card(row, card)
        if card["ref"] is not None and document["lanes"][place.lane]["kind"] != row["kind"]:
            raise refused("wrong_lane", row["id"])
        return with_cell(document, lane, step, cards), {"do": "card.remove", "id": self.as_}
