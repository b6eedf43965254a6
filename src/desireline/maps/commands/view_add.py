"""view.add: a saved way to look at the map."""

from typing import Literal

from desireline.maps.commands.base import Applied, At, Json, MapCommand, plain
from desireline.maps.commands.contents import check_new
from desireline.maps.commands.places import inserted
from desireline.model.journey_map import MapView


class ViewAdd(MapCommand):
    """Adds a saved way to look at the map."""

    do: Literal["view.add"]
    view: MapView
    at: At = None

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        views = inserted(document["views"], plain(self.view), self.at)
        check_new(document, [self.view.id])
        return {**document, "views": views}, {"do": "view.remove", "id": self.view.id}
