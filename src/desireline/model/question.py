"""What all questions share: filters, grain, and what every result says about itself."""

import datetime as dt
from typing import Literal, NamedTuple

from pydantic import BaseModel, Field

from desireline.model.day import Day
from desireline.model.definition import Strict
from desireline.model.segment import Segment
from desireline.model.shown import Shown

Grain = Literal["person", "journey", "case"]

BY = "channel, source, stage, touchpoint, event, property.PATH, trait.NAME"
"""What an answer can be broken down by."""


class Filters(Strict):
    """Which events and people count.

    Dates are whole days in the workspace's zone, both ends included; lists mean any of.
    """

    since: Day | None = None
    until: Day | None = None
    channels: list[str] = Field(default_factory=list)
    sources: list[str] = Field(default_factory=list)
    traits: dict[str, list[str]] = Field(default_factory=dict)

    def is_empty(self) -> bool:
        """Whether nothing is filtered."""
        return self == Filters()


class Asked(Strict):
    """The part that every request has.

    `segment`: who or what counts, as a condition or the name of a saved one; `filters` come after it.
    `definition`: a version, or the name of a definition (its newest version); the newest of "main" if None.
    `today`: the day that the observation ends with, in the workspace's zone: later events are left out, and what is
    not over by then counts as open. None: the last event of the workspace.
    """

    grain: Grain = "person"
    by_event_name: bool = False
    filters: Filters = Field(default_factory=Filters)
    segment: Segment | str | None = None
    definition: int | str | None = None
    today: Day | None = None


class Proportion(NamedTuple):
    """A share that two segments are compared by: `n` of `of` units or events, the people of which are in `cell`."""

    cell: str
    label: str
    n: int
    of: int


class Cut(BaseModel):
    """Something a limit left out, with how much."""

    what: str
    kept: int
    total: int


class Result(Shown):
    """What every result says about itself.

    Attributes:
        people_in_scope: units of `grain` with at least one event after filters.
        events: events of these units after filters.
        outside_definition: events in scope that no touchpoint matches; they take no part in the answer.
        first, last: time span of the events in scope, UTC.
        definition_version, definition_name: None when asked by event name without a definition.
        segment: its name or text, None for everyone.
        zone: IANA zone of all dates.
        until: the end of the observation, UTC: what is not over by then is open.
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
    definition_name: str | None
    segment: str | None
    zone: str
    until: dt.datetime | None
    filters: Filters
    cut: list[Cut] = Field(default_factory=list)
    drilldown: str

    def told(self) -> str:
        """What the answer is of, in a line."""
        span = f" · {self.first:%Y-%m-%d} – {self.last:%Y-%m-%d}" if self.first and self.last else ""
        return f"{self.question}: {self.people_in_scope:,} ({self.grain}) · {self.events:,} events{span}"
