"""batch: several commands as one."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from desireline.maps.commands.base import Applied, Json, MapCommand, refused
from desireline.model.map_history import Command

DEEPEST = 8
"""Batches within batches; a limit, so that nothing sent can exhaust the stack."""


class Batch(MapCommand):
    """Does several commands one after the other, all or none. A batch may hold batches, up to eight deep."""

    do: Literal["batch"]
    commands: Annotated[list[Json], Field(min_length=1, description="In the order in which they are done.")]
    label: Annotated[str, Field(max_length=200)] | None = Field(
        default=None, description="What undo calls it: a key of the front end's texts, or a text."
    )

    def apply(self, document: Json) -> Applied:
        """See `MapCommand.apply`."""
        from desireline.maps.commands import run

        if _deeper(self.commands, DEEPEST - 1):
            raise refused("bad_shape", "commands")
        inverses: list[Command] = []
        for command in self.commands:
            document, inverse = run(document, command)
            inverses[:0] = inverse["commands"] if inverse["do"] == "batch" else [inverse]
        label = {} if self.label is None else {"label": self.label}
        return document, {"do": self.do, "commands": inverses, **label}


def _deeper(commands: Sequence[Json], levels: int) -> bool:
    inner = [command["commands"] for command in commands if isinstance(command.get("commands"), list)]
    return any(
        levels == 0 or _deeper([command for command in one if isinstance(command, dict)], levels - 1) for one in inner
    )
