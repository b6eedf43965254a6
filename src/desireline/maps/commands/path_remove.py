"""path.remove: an allowed way goes."""

from typing import Literal

from desireline.maps.commands.base import Applied, Json, MapCommand
from desireline.maps.commands.places import index_of, without
from desireline.model.journey_map import Id


class PathRemove(MapCommand):
    """Removes an allowed way through the map."""

    do: Literal["path.remove"]
    id: Id

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        at = index_of(document["paths"], self.id)
        inverse = {"do": "path.add", "path": document["paths"][at], "at": at}
        return {**document, "paths": without(document["paths"], at)}, inverse
