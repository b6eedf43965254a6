"""lane.move: a row to another place."""

from typing import Literal

from desireline.maps.commands.base import Applied, At, Json, MapCommand
from desireline.maps.commands.places import index_of, inserted, without
from desireline.model.journey_map import Id


class LaneMove(MapCommand):
    """Moves a lane up or down."""

    do: Literal["lane.move"]
    id: Id
    at: At = None

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        was = index_of(document["lanes"], self.id)
        lanes = inserted(without(document["lanes"], was), document["lanes"][was], self.at)
        return {**document, "lanes": lanes}, {"do": self.do, "id": self.id, "at": was}
