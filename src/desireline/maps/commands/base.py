"""What a command is: its fields, how it is read from JSON, and how it is refused."""

import json
from abc import ABC, abstractmethod
from typing import Annotated, Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from desireline.errors import CommandRefused
from desireline.model.definition import Strict
from desireline.model.journey_map import Card, Id, Name, Text
from desireline.model.map_history import Command

Json = dict[str, Any]
"""A JSON object. One that was given is never changed: what changes is copied, the rest is shared."""

Applied = tuple[Json, Command]
"""The new document, and the command that takes the change back."""

At = Annotated[
    int | None,
    Field(description="Position among its siblings, from 0, once it is taken from where it was; absent: at the end."),
]
Cells = Annotated[
    dict[Id, dict[Id, list[Card]]], Field(default_factory=dict, description="Cards that come along: by lane, by step.")
]
Set = Annotated[Json, Field(min_length=1, description="New values by field.")]


class StageHead(Strict):
    """A stage without its steps."""

    id: Id
    name: Name = ""
    description: Text = ""
    owner: Name | None = None
    measures: Name | None = None


class MapCommand(BaseModel, ABC):
    """A change to a map. Each subclass is one command, named by `do`."""

    model_config = ConfigDict(extra="forbid", populate_by_name=False)
    settable: ClassVar[tuple[str, ...]] = ()
    do: str

    @abstractmethod
    def apply(self, document: Json) -> Applied:
        """The document after the command, and the inverse command.

        Args:
            document: a `JourneyMap` as JSON; it is not changed.

        Raises:
            CommandRefused: the document cannot take it.
        """


def refused(reason: str, detail: str) -> CommandRefused:
    """A refusal; `read` and `run` add which command it was."""
    return CommandRefused("", reason, detail)


def read(kind: type[MapCommand], command: Command) -> MapCommand:
    """A command with the defaults of the model in what it brings.

    Raises:
        CommandRefused: `bad_shape`, with the place in the command.
    """
    try:
        return kind.model_validate_json(json.dumps(command), strict=True, by_alias=True, by_name=False)
    except ValidationError as error:
        place = ".".join(str(part) for part in error.errors(include_url=False)[0]["loc"])
        raise refused("bad_shape", place or "command") from error


def plain(thing: BaseModel) -> Json:
    """A part of the document as JSON."""
    return thing.model_dump(mode="json", by_alias=True)
