"""What the question of drift asks and answers."""

import datetime as dt
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field

from desireline.model.question import Asked, Result

DriftReason = Literal["few_transitions", "short_span", "no_starts"]
"""Why there is not enough to look at: few transitions, few windows of time, or everyone starting at once."""


class DriftRequest(Asked):
    """`permutations`: so many histories with people's starting days exchanged stand for "nothing changed"."""

    permutations: int = Field(default=199, ge=39, le=999)
    seed: int = 0


class Change(BaseModel):
    """A transition whose share changed.

    Attributes:
        since: the first day of what came after, UTC; the change lies between its neighbours `since_low` and
            `since_high` with the likelihood of 95 %.
        share_before, share_after: of all transitions from `from`, those that lead to `to`.
        low, high: 95 % interval of share_after - share_before, persons being independent and not their events.
        q: false discovery rate (Benjamini-Hochberg over rows, then over the row's targets).
        people: units with this transition after the change; `people_before` those before it.
        count_before, of_before, count_after, of_after: the transitions that the shares are of.
    """

    model_config = ConfigDict(validate_by_name=True, validate_by_alias=True, serialize_by_alias=True)

    from_: str = Field(alias="from")
    to: str
    since: dt.datetime
    since_low: dt.datetime
    since_high: dt.datetime
    share_before: float
    share_after: float
    low: float
    high: float
    q: float
    people: int
    people_before: int
    count_before: int
    of_before: int
    count_after: int
    of_after: int


class DriftWindow(BaseModel):
    """How far the transitions of a window are from those of all others.

    Attributes:
        start: its first day, UTC.
        transitions: so many.
        distance: Jensen-Shannon distance, weighted over rows, in [0, 1]; None for a window without transitions.
        expected, high: mean and 95 % point of the distance if nothing changed.
    """

    start: dt.datetime
    transitions: int
    distance: float | None
    expected: float | None
    high: float | None


class DriftResult(Result):
    """What changed since when, the surest first.

    Compared are rows: where people go from a touchpoint, given that they go on. An episode is a run of a unit's events
    without a silence longer than `silence_seconds`; of each episode the first `follow_seconds` count, and only of
    episodes that could be followed so long. Under "nothing changed" episodes could as well have begun on other days:
    people exchange their starting days (whole weeks where the span allows), which keeps volume, growth, seasons of the
    week and what belongs together in a person. What went back within four weeks (or a sixth of the span) is a trouble
    and not listed.

    Cells: `change:I:before`, `change:I:after`, by place in `changes` from 0.

    Attributes:
        enough: whether there was enough to look at; if not, `reason` says why.
        p: of the greatest distance between before and after over all dates, all rows together; None without enough.
        window_days: how many days a window has.
        transitions: so many take part.
        rows_tested: touchpoints whose next steps were compared.
    """

    table: ClassVar = "changes"

    enough: bool
    reason: DriftReason | None
    p: float | None
    window_days: int | None
    silence_seconds: float
    follow_seconds: float | None
    transitions: int
    rows_tested: int
    changes: list[Change]
    series: list[DriftWindow]
