"""step.remove: a column goes with its cards."""

from typing import Literal

from desireline.maps.commands.base import Applied, Json, MapCommand, refused
from desireline.maps.commands.contents import emptied, restoring, shortened
from desireline.maps.commands.places import find_step, with_part, without
from desireline.model.journey_map import Id


class StepRemove(MapCommand):
    """Removes a step with its cards, and from the paths. The last step of a stage stays: remove the stage."""

    do: Literal["step.remove"]
    id: Id

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        index, at = find_step(document, self.id)
        stage = document["stages"][index]
        if len(stage["steps"]) == 1:
            raise refused("last_step", self.id)
        lanes, cells = emptied(document, [self.id])
        paths, restore = shortened(document, [self.id])
        back = {"do": "step.add", "stage": stage["id"], "step": stage["steps"][at], "at": at}
        shorter = {**stage, "steps": without(stage["steps"], at)}
        removed = with_part({**document, "lanes": lanes, "paths": paths}, "stages", index, shorter)
        return removed, restoring(back, cells, restore)
