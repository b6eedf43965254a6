"""stage.add: a new stage with its steps."""

from typing import Literal

from desireline.maps.commands.base import Applied, At, Cells, Json, MapCommand, plain
from desireline.maps.commands.contents import cards_of, check_new, filled
from desireline.maps.commands.places import inserted
from desireline.model.journey_map import MapStage


class StageAdd(MapCommand):
    """Adds a stage with its steps, and the cards of these."""

    do: Literal["stage.add"]
    stage: MapStage
    at: At = None
    cells: Cells

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        whole = plain(self)
        stage, cells = whole["stage"], whole["cells"]
        steps = [step["id"] for step in stage["steps"]]
        stages = inserted(document["stages"], stage, self.at)
        check_new(document, [stage["id"], *steps, *(card["id"] for card in cards_of(cells))])
        lanes = filled(document, cells, steps)
        return {**document, "stages": stages, "lanes": lanes}, {"do": "stage.remove", "id": stage["id"]}
