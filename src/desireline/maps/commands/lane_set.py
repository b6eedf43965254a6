"""lane.set: the title, channel, height, folding and recipe of a row."""

from typing import ClassVar, Literal

from desireline.maps.commands.base import Applied, Json, MapCommand, Set
from desireline.maps.commands.places import index_of, with_part
from desireline.maps.commands.setting import old, values
from desireline.model.journey_map import Id, Lane


class LaneSet(MapCommand):
    """Sets what is said of a lane. Its kind stays: add another lane instead."""

    settable: ClassVar = ("title", "channel", "collapsed", "height", "recipe")
    do: Literal["lane.set"]
    id: Id
    set: Set

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        at = index_of(document["lanes"], self.id)
        new = values(Lane, self.settable, self.set)
        lane = document["lanes"][at]
        inverse = {"do": self.do, "id": self.id, "set": old(lane, new)}
        return with_part(document, "lanes", at, {**lane, **new}), inverse
