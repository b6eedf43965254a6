"""path.set: the name and the steps of an allowed way."""

from typing import ClassVar, Literal

from desireline.maps.commands.base import Applied, Json, MapCommand, Set
from desireline.maps.commands.contents import check_steps
from desireline.maps.commands.places import index_of, with_part
from desireline.maps.commands.setting import old, values
from desireline.model.journey_map import Id, IdealPath


class PathSet(MapCommand):
    """Sets the name or the steps of an allowed way through the map."""

    settable: ClassVar = ("name", "steps")
    do: Literal["path.set"]
    id: Id
    set: Set

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        at = index_of(document["paths"], self.id)
        new = values(IdealPath, self.settable, self.set)
        check_steps(document, new.get("steps", []))
        path = document["paths"][at]
        inverse = {"do": self.do, "id": self.id, "set": old(path, new)}
        return with_part(document, "paths", at, {**path, **new}), inverse
