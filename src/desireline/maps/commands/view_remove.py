"""view.remove: a saved view goes."""

from typing import Literal

from desireline.maps.commands.base import Applied, Json, MapCommand
from desireline.maps.commands.places import index_of, without
from desireline.model.journey_map import Id


class ViewRemove(MapCommand):
    """Removes a saved way to look at the map."""

    do: Literal["view.remove"]
    id: Id

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        at = index_of(document["views"], self.id)
        inverse = {"do": "view.add", "view": document["views"][at], "at": at}
        return {**document, "views": without(document["views"], at)}, inverse
