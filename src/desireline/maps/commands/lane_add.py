"""lane.add: a new row."""

from typing import Literal

from desireline.maps.commands.base import Applied, At, Json, MapCommand, plain
from desireline.maps.commands.contents import cards_of, check_card, check_new, check_steps
from desireline.maps.commands.places import inserted
from desireline.model.journey_map import Lane


class LaneAdd(MapCommand):
    """Adds a lane, with its cards if it has some."""

    do: Literal["lane.add"]
    lane: Lane
    at: At = None

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        lane = plain(self.lane)
        cards = list(cards_of({self.lane.id: lane["cells"]}))
        lanes = inserted(document["lanes"], lane, self.at)
        check_new(document, [lane["id"], *(card["id"] for card in cards)])
        check_steps(document, lane["cells"])
        for card in cards:
            check_card(lane, card)
        return {**document, "lanes": lanes}, {"do": "lane.remove", "id": lane["id"]}
