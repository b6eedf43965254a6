"""stage.set: what is said of a stage."""

from typing import ClassVar, Literal

from desireline.maps.commands.base import Applied, Json, MapCommand, Set
from desireline.maps.commands.places import index_of, with_part
from desireline.maps.commands.setting import old, values
from desireline.model.journey_map import Id, MapStage


class StageSet(MapCommand):
    """Sets what is said of a stage."""

    settable: ClassVar = ("name", "description", "owner", "measures")
    do: Literal["stage.set"]
    id: Id
    set: Set

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        at = index_of(document["stages"], self.id)
        new = values(MapStage, self.settable, self.set)
        stage = document["stages"][at]
        inverse = {"do": self.do, "id": self.id, "set": old(stage, new)}
        return with_part(document, "stages", at, {**stage, **new}), inverse
