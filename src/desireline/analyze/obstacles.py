"""Where people struggle: clicks in anger, errors, loops, waits, repeated contacts, drop-off, each by a plain rule."""

from typing import ClassVar, Literal

from pydantic import Field

from desireline.analyze.detectors.model import Kind, NotMeasurable, Obstacle
from desireline.model.grade import Grade
from desireline.model.question import Asked, Result


class ObstaclesRequest(Asked):
    """Look for obstacles.

    Attributes:
        kinds: only these; None for all.
        goal: a goal of the definition, else a touchpoint, else an event name, for `too_many_touchpoints`; the first
            goal of the definition if None.
        clicks, errors, contacts, searches, help_pages, promises, answers: names of touchpoints, events or channels that
            are such; None: those whose names say so in English, Polish or Croatian (`detectors.kinds`).
        element, topic: the properties that hold what was clicked and what an event is about.
        top: so many obstacles are listed, those of the most people above the expected.
        language: of the sentences.
    """

    kinds: list[Kind] | None = Field(default=None, min_length=1)
    goal: str | None = None
    clicks: list[str] | None = None
    errors: list[str] | None = None
    contacts: list[str] | None = None
    searches: list[str] | None = None
    help_pages: list[str] | None = None
    promises: list[str] | None = None
    answers: list[str] | None = None
    element: str = "element"
    topic: str = "topic"
    top: int = Field(default=200, ge=1)
    language: Literal["en", "pl", "hr"] = "en"


class ObstaclesResult(Result):
    """Obstacles by people affected above the expected, most first.

    Nothing here says why: these are counts of what happened. Cells: `obstacle:["KIND","TOUCHPOINT","CHANNEL"]` (null
    for no channel), `exposed:[…]` likewise for the units that it could have happened to, `example:[…,I]` for the I-th
    unit affected, from 0, and `repeat:["TOUCHPOINT","CHANNEL",DAYS]`.

    Attributes:
        measured: the kinds that the data can show, found or not.
    """

    table: ClassVar[str] = "obstacles"

    grade: Grade = "D"
    obstacles: list[Obstacle]
    measured: list[Kind]
    not_measurable: list[NotMeasurable]
