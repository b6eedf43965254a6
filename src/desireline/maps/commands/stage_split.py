"""stage.split: a stage becomes two."""

from typing import Annotated, Literal

from pydantic import Field

from desireline.maps.commands.base import Applied, Json, MapCommand, StageHead, plain, refused
from desireline.maps.commands.contents import check_new
from desireline.maps.commands.places import index_of
from desireline.model.journey_map import Id


class StageSplit(MapCommand):
    """Splits a stage in two; the steps from `at` on become the new stage, which stands after it."""

    do: Literal["stage.split"]
    id: Id
    at: Annotated[int, Field(description="Index of the first step that leaves; both stages keep at least one.")]
    new: StageHead

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        index = index_of(document["stages"], self.id)
        stage = document["stages"][index]
        if not 0 < self.at < len(stage["steps"]):
            raise refused("bad_position", str(self.at))
        check_new(document, [self.new.id])
        stays = {**stage, "steps": stage["steps"][: self.at]}
        leaves = {**plain(self.new), "steps": stage["steps"][self.at :]}
        stages = [*document["stages"][:index], stays, leaves, *document["stages"][index + 1 :]]
        return {**document, "stages": stages}, {"do": "stage.merge", "id": self.new.id}
