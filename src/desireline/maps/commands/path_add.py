"""path.add: an allowed way through the map."""

from typing import Literal

from desireline.maps.commands.base import Applied, At, Json, MapCommand, plain
from desireline.maps.commands.contents import check_new, check_steps
from desireline.maps.commands.places import inserted
from desireline.model.journey_map import IdealPath


class PathAdd(MapCommand):
    """Adds an allowed way through the map."""

    do: Literal["path.add"]
    path: IdealPath
    at: At = None

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        paths = inserted(document["paths"], plain(self.path), self.at)
        check_new(document, [self.path.id])
        check_steps(document, self.path.steps)
        return {**document, "paths": paths}, {"do": "path.remove", "id": self.path.id}
