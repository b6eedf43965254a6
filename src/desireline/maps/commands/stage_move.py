"""stage.move: a stage to another place in the row."""

from typing import Literal

from desireline.maps.commands.base import Applied, At, Json, MapCommand
from desireline.maps.commands.places import index_of, inserted, without
from desireline.model.journey_map import Id


class StageMove(MapCommand):
    """Moves a stage with its steps and their cards."""

    do: Literal["stage.move"]
    id: Id
    at: At = None

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        was = index_of(document["stages"], self.id)
        stages = inserted(without(document["stages"], was), document["stages"][was], self.at)
        return {**document, "stages": stages}, {"do": self.do, "id": self.id, "at": was}
