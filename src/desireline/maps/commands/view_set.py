"""view.set: what a saved view shows."""

from typing import ClassVar, Literal

from desireline.maps.commands.base import Applied, Json, MapCommand, Set
from desireline.maps.commands.places import index_of, with_part
from desireline.maps.commands.setting import old, values
from desireline.model.journey_map import Id, MapView


class ViewSet(MapCommand):
    """Sets what a saved view shows."""

    settable: ClassVar = tuple(name for name in MapView.model_fields if name != "id")
    do: Literal["view.set"]
    id: Id
    set: Set

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        at = index_of(document["views"], self.id)
        new = values(MapView, self.settable, self.set)
        view = document["views"][at]
        inverse = {"do": self.do, "id": self.id, "set": old(view, new)}
        return with_part(document, "views", at, {**view, **new}), inverse
