"""step.set: what is said of a step, and how wide it is."""

from typing import ClassVar, Literal

from desireline.maps.commands.base import Applied, Json, MapCommand, Set
from desireline.maps.commands.places import find_step, swapped, with_part
from desireline.maps.commands.setting import old, values
from desireline.model.journey_map import Id, Step


class StepSet(MapCommand):
    """Sets what is said of a step, and how wide it is."""

    settable: ClassVar = ("name", "description", "owner", "tags", "optional", "width")
    do: Literal["step.set"]
    id: Id
    set: Set

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        index, at = find_step(document, self.id)
        new = values(Step, self.settable, self.set)
        stage = document["stages"][index]
        step = stage["steps"][at]
        changed = {**stage, "steps": swapped(stage["steps"], at, {**step, **new})}
        return with_part(document, "stages", index, changed), {"do": self.do, "id": self.id, "set": old(step, new)}
