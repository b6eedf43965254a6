"""An annotation: what happened on a day, shown beside every figure of that time."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from desireline.model.definition import Strict
from desireline.model.journey_map import Id
from desireline.model.kept import Kept, Line
from desireline.model.verdict import Verdict

AnnotationKind = Literal["release", "campaign", "holiday", "action", "verdict"]


class NewAnnotation(Strict):
    """What is said of it.

    Attributes:
        name: what happened. Several may be called the same.
        day: the first local day; `until` the last one of what lasts.
        kpis: ids of the KPIs that it is shown with; with all if there are none.
        action: of an action or its verdict, its id.
        verdict: whether the action worked.
    """

    name: Line
    kind: AnnotationKind
    day: dt.date
    until: dt.date | None = None
    kpis: Annotated[list[Id], Field(max_length=200)] = Field(default_factory=list)
    description: Annotated[str, Field(max_length=2000)] = ""
    action: Id | None = None
    verdict: Verdict | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "NewAnnotation":
        if self.until is not None and self.until < self.day:
            raise PydanticCustomError("until", "not before the day")
        return self


class Annotation(Kept, NewAnnotation):
    """An annotation as it is kept."""


class AnnotationChange(Strict):
    """What to change; what is absent stays, None takes away. `revision`: the one that was seen."""

    revision: Annotated[int, Field(ge=1)]
    name: Line = ""
    kind: AnnotationKind = "release"
    day: dt.date | None = None
    until: dt.date | None = None
    kpis: Annotated[list[Id], Field(max_length=200)] = Field(default_factory=list)
    description: Annotated[str, Field(max_length=2000)] = ""


class ShownAnnotation(Annotation):
    """An annotation in the reader's language: `told` is the verdict's sentence."""

    told: str = ""
