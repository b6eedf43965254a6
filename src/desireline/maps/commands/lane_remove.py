"""lane.remove: a row goes with its cards."""

from typing import Literal

from desireline.maps.commands.base import Applied, Json, MapCommand
from desireline.maps.commands.places import index_of, without
from desireline.model.journey_map import Id


class LaneRemove(MapCommand):
    """Removes a lane with its cards."""

    do: Literal["lane.remove"]
    id: Id

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        at = index_of(document["lanes"], self.id)
        inverse = {"do": "lane.add", "lane": document["lanes"][at], "at": at}
        return {**document, "lanes": without(document["lanes"], at)}, inverse
