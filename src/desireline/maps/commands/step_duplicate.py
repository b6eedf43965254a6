"""step.duplicate: a copy of a column, right after it."""

from typing import Literal

from pydantic import Field

from desireline.maps.commands.base import Applied, Json, MapCommand
from desireline.maps.commands.contents import check_new
from desireline.maps.commands.copies import copied_cells
from desireline.maps.commands.places import find_step, inserted, with_part
from desireline.model.journey_map import Id


class StepDuplicate(MapCommand):
    """Puts a copy of a step and its cards right after it; the ids of the cards are `as`-1, `as`-2 and so on."""

    do: Literal["step.duplicate"]
    id: Id
    as_: Id = Field(alias="as", description="Id of the copy.")

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        index, at = find_step(document, self.id)
        stage = document["stages"][index]
        lanes, cards = copied_cells(document, {self.id: self.as_}, self.as_, 1)
        check_new(document, [self.as_, *cards])
        steps = inserted(stage["steps"], {**stage["steps"][at], "id": self.as_}, at + 1)
        added = with_part({**document, "lanes": lanes}, "stages", index, {**stage, "steps": steps})
        return added, {"do": "step.remove", "id": self.as_}
