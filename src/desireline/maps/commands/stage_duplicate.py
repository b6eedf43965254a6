"""stage.duplicate: a copy of a stage, right after it."""

from typing import Literal

from pydantic import Field

from desireline.maps.commands.base import Applied, Json, MapCommand
from desireline.maps.commands.contents import check_new, copy_id
from desireline.maps.commands.copies import copied_cells
from desireline.maps.commands.places import index_of, inserted
from desireline.model.journey_map import Id


class StageDuplicate(MapCommand):
    """Puts a copy of a stage, its steps and their cards right after it; their ids are `as`-1, `as`-2 and so on."""

    do: Literal["stage.duplicate"]
    id: Id
    as_: Id = Field(alias="as", description="Id of the copy.")

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        at = index_of(document["stages"], self.id)
        stage = document["stages"][at]
        steps = {step["id"]: copy_id(self.as_, n) for n, step in enumerate(stage["steps"], 1)}
        lanes, cards = copied_cells(document, steps, self.as_, len(steps) + 1)
        check_new(document, [self.as_, *steps.values(), *cards])
        copy = {**stage, "id": self.as_, "steps": [{**step, "id": steps[step["id"]]} for step in stage["steps"]]}
        stages = inserted(document["stages"], copy, at + 1)
        return {**document, "stages": stages, "lanes": lanes}, {"do": "stage.remove", "id": self.as_}
