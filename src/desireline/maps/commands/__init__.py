"""Every change to a map is a command: what applies it, and what takes it back.

The same commands come from the editor, HTTP and the command line; the front end's `core/map/commands` is the twin of
this package, and both pass the cases of `tests/cases/commands`.
"""

from collections.abc import Sequence

from pydantic import ValidationError

from desireline.errors import CommandRefused
from desireline.maps.commands.base import Applied, Json, MapCommand, plain, read, refused
from desireline.maps.commands.batch import Batch
from desireline.maps.commands.card_add import CardAdd
from desireline.maps.commands.card_duplicate import CardDuplicate
from desireline.maps.commands.card_move import CardMove
from desireline.maps.commands.card_remove import CardRemove
from desireline.maps.commands.card_set import CardSet
from desireline.maps.commands.lane_add import LaneAdd
from desireline.maps.commands.lane_duplicate import LaneDuplicate
from desireline.maps.commands.lane_move import LaneMove
from desireline.maps.commands.lane_remove import LaneRemove
from desireline.maps.commands.lane_set import LaneSet
from desireline.maps.commands.map_replace import MapReplace
from desireline.maps.commands.map_set import MapSet
from desireline.maps.commands.path_add import PathAdd
from desireline.maps.commands.path_remove import PathRemove
from desireline.maps.commands.path_set import PathSet
from desireline.maps.commands.stage_add import StageAdd
from desireline.maps.commands.stage_duplicate import StageDuplicate
from desireline.maps.commands.stage_merge import StageMerge
from desireline.maps.commands.stage_move import StageMove
from desireline.maps.commands.stage_remove import StageRemove
from desireline.maps.commands.stage_set import StageSet
from desireline.maps.commands.stage_split import StageSplit
from desireline.maps.commands.step_add import StepAdd
from desireline.maps.commands.step_duplicate import StepDuplicate
from desireline.maps.commands.step_move import StepMove
from desireline.maps.commands.step_remove import StepRemove
from desireline.maps.commands.step_set import StepSet
from desireline.maps.commands.view_add import ViewAdd
from desireline.maps.commands.view_remove import ViewRemove
from desireline.maps.commands.view_set import ViewSet
from desireline.model.journey_map import JourneyMap
from desireline.model.map_history import Command

COMMANDS: dict[str, type[MapCommand]] = {
    "map.set": MapSet,
    "map.replace": MapReplace,
    "stage.add": StageAdd,
    "stage.remove": StageRemove,
    "stage.move": StageMove,
    "stage.set": StageSet,
    "stage.split": StageSplit,
    "stage.merge": StageMerge,
    "stage.duplicate": StageDuplicate,
    "step.add": StepAdd,
    "step.remove": StepRemove,
    "step.move": StepMove,
    "step.set": StepSet,
    "step.duplicate": StepDuplicate,
    "lane.add": LaneAdd,
    "lane.remove": LaneRemove,
    "lane.move": LaneMove,
    "lane.set": LaneSet,
    "lane.duplicate": LaneDuplicate,
    "card.add": CardAdd,
    "card.remove": CardRemove,
    "card.move": CardMove,
    "card.set": CardSet,
    "card.duplicate": CardDuplicate,
    "path.add": PathAdd,
    "path.remove": PathRemove,
    "path.set": PathSet,
    "view.add": ViewAdd,
    "view.remove": ViewRemove,
    "view.set": ViewSet,
    "batch": Batch,
}


def run(document: Json, command: Command) -> Applied:
    """One command on a map as JSON: the new document and the inverse command. The old document is not changed.

    Raises:
        CommandRefused: the map cannot take it.
    """
    name = command.get("do")
    try:
        if not isinstance(name, str) or name not in COMMANDS:
            raise refused("unknown_command", str(name))
        return read(COMMANDS[name], command).apply(document)
    except CommandRefused as refusal:
        refusal.command = refusal.command or str(name)
        raise


def apply(document: JourneyMap, commands: Sequence[Command]) -> tuple[JourneyMap, list[Command]]:
    """Commands in their order, all or none: the new map, and the commands that take them back in their order.

    Raises:
        CommandRefused: the map cannot take one of them.
    """
    changed = plain(document)
    inverses: list[Command] = []
    for command in commands:
        changed, inverse = run(changed, command)
        inverses.insert(0, inverse)
    try:
        return JourneyMap.model_validate(changed), inverses
    except ValidationError as error:
        raise CommandRefused(str(commands[0].get("do")), "bad_shape", str(error.errors()[0]["msg"])) from error


__all__ = ["COMMANDS", "Applied", "Json", "MapCommand", "apply", "run"]
