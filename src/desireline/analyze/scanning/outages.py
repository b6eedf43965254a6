"""What the question of troubles asks and answers."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from desireline.model.question import Asked, Result

TroublesReason = Literal["few_events", "short_span"]
"""Why there is not enough to look at."""


class TroublesRequest(Asked):
    """`goal`: a goal of the definition, a touchpoint or an event name; all goals of the definition if None.

    `by`: what segments are made of: `channel`, `property.PATH`; the channel and the commonest properties of few values
    if None. `within`: how soon somebody must be back at a touchpoint for a loop.
    """

    goal: str | None = None
    by: list[str] | None = None
    within: str = "30m"
    simulations: int = Field(default=40, ge=20, le=999)
    seed: int = 0


class Trouble(BaseModel):
    """A time in which something went wrong.

    Attributes:
        kind: `loop`: people come back to the touchpoint at once (again, or to and fro) oftener than usual;
            `conversion`: fewer than usual go on from the touchpoint to `to`.
        touchpoint: where.
        onward: where they would go on to: a touchpoint or the goal; None for loops.
        within_seconds: how soon they come back, or go on.
        segment: what it is limited to, such as {"platform": "ios"}; {} for everyone.
        from_, to: UTC, whole bins; `running`: still on at the end of observation, which `to` is then.
        people: units that were at the touchpoint in this time and segment; `hit` are those who looped or did not go on.
        visits: their visits; `observed` of them looped or went on, `expected` would have done as in the days around.
        share_during, low, high: observed / visits with its 95 % Wilson interval; `share_usual`: expected / visits.
        p: how often a time without troubles shows one so strong anywhere.
    """

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    kind: Literal["loop", "conversion"]
    touchpoint: str
    onward: str | None
    within_seconds: float
    segment: dict[str, str]
    from_: dt.datetime = Field(alias="from")
    to: dt.datetime
    running: bool
    people: int
    hit: int
    visits: int
    observed: int
    expected: float
    share_during: float
    share_usual: float
    low: float
    high: float
    p: float


class TroublesResult(Result):
    """Troubles that began and ended, or are running, the latest first.

    A scan statistic: every stretch of time of every touchpoint and segment is held against four weeks (or a third of
    the span) before it and after it, whichever differs less, with the season of the week taken out; what stays changed
    is drift and not listed. p is for the strongest stretch of all, from simulated times without troubles.

    Cells: `trouble:I` (everyone at the touchpoint in that time and segment), `trouble:I:hit`.

    Attributes:
        enough: whether there was enough to look at; if not, `reason` says why.
        running: how many are still on at the end of observation.
        bin_seconds: dates are known to so many seconds.
        dimensions: what segments were made of.
        series: so many pairs of touchpoint and segment were looked at.
    """

    table: ClassVar = "troubles"

    enough: bool
    reason: TroublesReason | None
    running: int
    bin_seconds: float
    dimensions: list[str]
    series: int
    troubles: list[Trouble]
