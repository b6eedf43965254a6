"""What every document of the application's records has: an id, a name that people say, and a revision."""

from typing import Annotated

from pydantic import AfterValidator, AwareDatetime, Field
from pydantic_core import PydanticCustomError

from desireline.model.definition import Strict
from desireline.model.journey_map import Id


def _one_line(text: str) -> str:
    if not text.isprintable() or not text.strip():
        raise PydanticCustomError("line", "one line without control characters")
    return text.strip()


Line = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_one_line)]


class Kept(Strict):
    """A document as it is kept.

    Attributes:
        revision: rises with every change; who changes it says which one they saw.
        author: who made it.
        created, changed: UTC.
    """

    id: Id
    name: Line
    revision: Annotated[int, Field(ge=1)] = 1
    author: Line
    created: AwareDatetime
    changed: AwareDatetime
