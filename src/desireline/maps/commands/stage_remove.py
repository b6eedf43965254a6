"""stage.remove: a stage goes with its steps and their cards."""

from typing import Literal

from desireline.maps.commands.base import Applied, Json, MapCommand
from desireline.maps.commands.contents import emptied, restoring, shortened
from desireline.maps.commands.places import index_of, without
from desireline.model.journey_map import Id


class StageRemove(MapCommand):
    """Removes a stage with its steps and their cards. The steps leave the paths; a path left empty goes too."""

    do: Literal["stage.remove"]
    id: Id

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        at = index_of(document["stages"], self.id)
        stage = document["stages"][at]
        steps = [step["id"] for step in stage["steps"]]
        lanes, cells = emptied(document, steps)
        paths, restore = shortened(document, steps)
        inverse = restoring({"do": "stage.add", "stage": stage, "at": at}, cells, restore)
        return {**document, "stages": without(document["stages"], at), "lanes": lanes, "paths": paths}, inverse
