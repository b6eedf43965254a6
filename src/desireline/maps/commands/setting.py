"""Setting fields: which may be set, and what they may be."""

import json
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, TypeAdapter, ValidationError

from desireline.maps.commands.base import Json, refused


@cache
def _adapters(model: type[BaseModel]) -> dict[str, TypeAdapter[Any]]:
    adapters = {}
    for name, field in model.model_fields.items():
        kind: Any = Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
        adapters[name] = TypeAdapter(kind)
    return adapters


def values(model: type[BaseModel], settable: tuple[str, ...], given: Json) -> Json:
    """The given values as the model writes them, with defaults inside.

    Raises:
        CommandRefused: `bad_field` or `bad_shape`, with the field.
    """
    for name in given:
        if name not in settable:
            raise refused("bad_field", name)
    adapters = _adapters(model)
    made = {}
    for name, value in given.items():
        try:
            read = adapters[name].validate_json(json.dumps(value), strict=True, by_alias=True, by_name=False)
        except ValidationError as error:
            raise refused("bad_shape", f"set.{name}") from error
        made[name] = adapters[name].dump_python(read, mode="json", by_alias=True)
    return made


def old(thing: Json, new: Json) -> Json:
    """What the fields were before."""
    return {name: thing[name] for name in new}
