"""What all questions share: filters, grain, and what every result says about itself."""

import datetime as dt
from typing import Literal

from pydantic import BaseModel, Field

from desireline.model.definition import Strict

Grain = Literal["person", "journey", "case"]


class Filters(Strict):
    """Which events and people count. Dates are whole UTC days, both ends included; lists mean any of."""

    since: dt.date | None = None
    until: dt.date | None = None
    channels: list[str] = Field(default_factory=list)
    sources: list[str] = Field(default_factory=list)
    traits: dict[str, list[str]] = Field(default_factory=dict)

    def is_empty(self) -> bool:
        """Whether nothing is filtered."""
        return self == Filters()


class Asked(Strict):
    """The part that every request has."""

    grain: Grain = "person"
    by_event_name: bool = False
    filters: Filters = Field(default_factory=Filters)


class Cut(BaseModel):
    """Something a limit left out, with how much."""

    what: str
    kept: int
    total: int


class Result(BaseModel):
    """What every result says about itself.

    Attributes:
        people_in_scope: units of `grain` with at least one event after filters.
        events: events of these units after filters.
        outside_definition: events in scope that no touchpoint matches; they take no part in the answer.
        first, last: time span of the events in scope, UTC.
        definition_version: None when asked by event name without a definition.
        drilldown: token that lists the very people counted, together with a cell (see each question).
    """

    question: str
    grain: Grain
    people_in_scope: int
    events: int
    outside_definition: int
    first: dt.datetime | None
    last: dt.datetime | None
    definition_version: int | None
    filters: Filters
    cut: list[Cut] = Field(default_factory=list)
    drilldown: str
