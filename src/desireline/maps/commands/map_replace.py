"""map.replace: another document in the place of this one, as when an old version is restored."""

from typing import Literal

from desireline.maps.commands.base import Applied, Json, MapCommand, plain
from desireline.model.journey_map import JourneyMap


class MapReplace(MapCommand):
    """Puts a whole document in the place of this one. The map keeps its id."""

    do: Literal["map.replace"]
    document: JourneyMap

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        return {**plain(self.document), "id": document["id"]}, {"do": self.do, "document": document}
