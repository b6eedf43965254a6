"""step.add: a new column."""

from typing import Literal

from desireline.maps.commands.base import Applied, At, Cells, Json, MapCommand, plain
from desireline.maps.commands.contents import cards_of, check_new, filled
from desireline.maps.commands.places import index_of, inserted, with_part
from desireline.model.journey_map import Id, Step


class StepAdd(MapCommand):
    """Adds a step to a stage, and its cards."""

    do: Literal["step.add"]
    stage: Id
    step: Step
    at: At = None
    cells: Cells

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        whole = plain(self)
        step, cells = whole["step"], whole["cells"]
        index = index_of(document["stages"], self.stage)
        stage = document["stages"][index]
        steps = inserted(stage["steps"], step, self.at)
        check_new(document, [step["id"], *(card["id"] for card in cards_of(cells))])
        lanes = filled(document, cells, [step["id"]])
        added = with_part({**document, "lanes": lanes}, "stages", index, {**stage, "steps": steps})
        return added, {"do": "step.remove", "id": step["id"]}
