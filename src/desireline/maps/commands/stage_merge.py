"""stage.merge: two stages become one."""

from typing import Literal

from desireline.maps.commands.base import Applied, Json, MapCommand, refused
from desireline.maps.commands.places import index_of
from desireline.model.journey_map import Id


class StageMerge(MapCommand):
    """Joins a stage into the one before it, which keeps what is said of it."""

    do: Literal["stage.merge"]
    id: Id

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        index = index_of(document["stages"], self.id)
        if index == 0:
            raise refused("bad_position", "0")
        before, stage = document["stages"][index - 1 : index + 1]
        joined = {**before, "steps": [*before["steps"], *stage["steps"]]}
        stages = [*document["stages"][: index - 1], joined, *document["stages"][index + 1 :]]
        head = {name: value for name, value in stage.items() if name != "steps"}
        inverse = {"do": "stage.split", "id": before["id"], "at": len(before["steps"]), "new": head}
        return {**document, "stages": stages}, inverse
