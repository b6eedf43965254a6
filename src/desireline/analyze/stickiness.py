"""On how many days of a week or month people are active."""

import datetime as dt
from typing import ClassVar, Literal

import numpy as np
from pydantic import BaseModel

from desireline.analyze.calendars import Calendar, calendar
from desireline.analyze.cells import parsed
from desireline.analyze.lifecycle import active
from desireline.analyze.scope import I32, I64, Scope, about
from desireline.errors import BadDrilldown
from desireline.model.calendar import first_day, next_day
from desireline.model.question import Asked, Proportion, Result


class StickinessRequest(Asked):
    """Days (`of`) of each week or month on which a unit has `event`, any touchpoint for None."""

    period: Literal["week", "month"] = "week"
    of: Literal["day"] = "day"
    event: str | None = None


class StickinessBar(BaseModel):
    """Units active on exactly so many days of the period; `share` is of those active at all."""

    days: int
    people: int
    share: float


class StickinessPeriod(BaseModel):
    """Units active in a period, and the mean number of days on which they are; `mature`: the period is over."""

    start: dt.date
    people: int
    average_days: float | None
    mature: bool


class StickinessResult(Result):
    """The bars are of one period: the last that is over, or the running one if none is.

    One period, not a mean of all, so that every bar is a set of people; how it moves is in `periods`.
    Cells: `days:N` (of the bars' period), `active:"2026-01-05"` (all of a period).

    Attributes:
        start: first day of the bars' period, None without events; `mature`: whether it is over.
        people_active: units active in it; `average_days`: on so many days of it in the mean.
        bars: for every number of days up to the length of the period.
        periods: every period, for the trend.
    """

    table: ClassVar = "bars"

    start: dt.date | None
    mature: bool
    people_active: int
    average_days: float | None
    bars: list[StickinessBar]
    periods: list[StickinessPeriod]


def answer(scope: Scope, request: StickinessRequest) -> StickinessResult:
    """Count the active days of every unit.

    Raises:
        BadQuestion: there are too many days.
        UnknownStep: `event` does not exist.
    """
    from desireline.kernels.stickiness import stickiness

    days, whole, period_of = _calendars(scope, request)
    counts = stickiness(
        scope.offsets, scope.time, scope.code, active(scope, request, request.event), days.periods, period_of,
        len(whole.days),
    )[:, 1:]  # fmt: skip
    people, sums = counts.sum(axis=1).tolist(), (counts @ np.arange(1, counts.shape[1] + 1)).tolist()
    periods = [
        StickinessPeriod(start=day, people=n, average_days=total / n if n else None, mature=k < whole.over)
        for k, (day, n, total) in enumerate(zip(whole.days, people, sums, strict=True))
    ]
    shown = _shown(whole)
    of, length = people[shown], _length(whole, request)
    return StickinessResult.model_validate({
        **about(scope, request, "stickiness", scope.labels(request)),
        "people_active": of,
        "average_days": periods[shown].average_days,
        "mature": periods[shown].mature,
        "start": whole.days[shown] if scope.units else None,
        "bars": [
            {"days": n, "people": count, "share": count / of if of else 0.0}
            for n, count in enumerate(counts[shown, :length].tolist(), 1)
        ] if scope.units else [],
        "periods": periods if scope.units else [],
    })  # fmt: skip


def members(scope: Scope, request: StickinessRequest, cell: str) -> I64:
    """Indices of the units in a cell, ascending.

    Raises:
        BadDrilldown: there is no such cell.
    """
    from desireline.kernels.stickiness import active_days

    days, whole, period_of = _calendars(scope, request)
    kind, value = parsed(cell)
    starts = [day.isoformat() for day in whole.days]
    shown = _shown(whole)
    if kind == "days" and type(value) is int and 1 <= value <= _length(whole, request):
        period = shown
    elif kind == "active" and value in starts:
        period = starts.index(value)
    else:
        raise BadDrilldown(given=cell[:40])
    counts = active_days(
        scope.offsets, scope.time, scope.code, active(scope, request, request.event), days.periods, period_of, period
    )
    return np.flatnonzero(counts == value if kind == "days" else counts)


def proportions(result: StickinessResult) -> list[Proportion]:
    """Each number of days, of those active."""
    return [Proportion(f"days:{bar.days}", str(bar.days), bar.people, result.people_active) for bar in result.bars]


def _shown(whole: Calendar) -> int:
    """The period of the bars."""
    return max(whole.over - 1, 0)


def _length(whole: Calendar, request: StickinessRequest) -> int:
    """Days of the bars' period."""
    start = whole.days[_shown(whole)]
    return (next_day(start, request.period) - start).days


def _calendars(scope: Scope, request: StickinessRequest) -> tuple[Calendar, Calendar, I32]:
    """All days of the weeks or months, these, and which of them each day is in."""
    whole = calendar(scope, request.period)
    days = calendar(scope, "day")
    number = {day: k for k, day in enumerate(whole.days)}
    period_of = np.array([number[first_day(day, request.period)] for day in days.days], np.int32)
    return days, whole, period_of
