"""map.set: what is said of the whole map."""

from typing import ClassVar, Literal

from desireline.maps.commands.base import Applied, Json, MapCommand, Set
from desireline.maps.commands.setting import old, values
from desireline.model.journey_map import JourneyMap


class MapSet(MapCommand):
    """Sets what is said of the whole map. A goal or scope is set whole."""

    settable: ClassVar = (
        "name", "kind", "status", "life_cycle", "goal", "scope", "definition", "owner", "review", "languages", "tags",
        "parent",
    )  # fmt: skip
    do: Literal["map.set"]
    set: Set

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        new = values(JourneyMap, self.settable, self.set)
        return {**document, **new}, {"do": self.do, "set": old(document, new)}
