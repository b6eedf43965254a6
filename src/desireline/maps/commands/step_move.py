"""step.move: a column to another place, also in another stage."""

from typing import Literal

from desireline.maps.commands.base import Applied, At, Json, MapCommand, refused
from desireline.maps.commands.places import find_step, index_of, inserted, with_part, without
from desireline.model.journey_map import Id


class StepMove(MapCommand):
    """Moves a step with its cards, within its stage or to another. The last step of a stage cannot leave it."""

    do: Literal["step.move"]
    id: Id
    stage: Id
    at: At = None

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        from_, was = find_step(document, self.id)
        to = index_of(document["stages"], self.stage)
        source = document["stages"][from_]
        step, rest = source["steps"][was], without(source["steps"], was)
        inverse = {"do": self.do, "id": self.id, "stage": source["id"], "at": was}
        if from_ == to:
            return with_part(document, "stages", to, {**source, "steps": inserted(rest, step, self.at)}), inverse
        if not rest:
            raise refused("last_step", self.id)
        target = document["stages"][to]
        moved = with_part(document, "stages", to, {**target, "steps": inserted(target["steps"], step, self.at)})
        return with_part(moved, "stages", from_, {**source, "steps": rest}), inverse
