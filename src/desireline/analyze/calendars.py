"""The local days, weeks or months of a scope, and which of them are over."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

from desireline.analyze.scope import I64, Scope
from desireline.errors import BadQuestion
from desireline.model.calendar import Period, days, next_day, start_of, starts

if TYPE_CHECKING:
    from desireline.kernels.periods import Periods

DAY: Final = 86_400_000_000
LENGTH: Final = {"day": DAY, "week": 7 * DAY, "month": 30 * DAY}
MOST: Final = 20_000
"""So many periods at most: 54 years of days. One event with a wrong year must not make a table of millions."""


@dataclass(frozen=True, eq=False)
class Calendar:
    """Periods in order, without those that the zone skipped.

    Attributes:
        days: the first day of each.
        starts: int64[periods + 1], µs UTC; the last is the end of the last period.
        over: so many of them, the first ones, have ended by the end of the observation.
    """

    days: list[dt.date]
    starts: I64
    over: int

    @property
    def periods(self) -> "Periods":
        """The same for kernels."""
        from desireline.kernels.periods import periods_from

        return periods_from(self.starts)


def horizon(scope: Scope) -> int:
    """The last moment in µs UTC at which an event would be in scope: the end of the observation or of the filter."""
    last = scope.filters.until
    return scope.until if last is None else min(scope.until, start_of(next_day(last, "day"), scope.zone) - 1)


def calendar(scope: Scope, period: Period) -> Calendar:
    """All periods from the scope's first event to its last one, or to the end of the observation if that is later.

    Raises:
        BadQuestion: there are too many of them.
    """
    end = horizon(scope)
    first, last = scope.span or (end, end)
    last = max(last, end)
    if (last - first) // LENGTH[period] > MOST:
        raise BadQuestion(parameter="period", given=period, expected=f"≤ {MOST}: week, month, filters.since")
    begins = starts(scope.zone, period, first, last)
    real = np.append(np.diff(begins) > 0, True)
    begins = begins[real]
    named = [day for day, exists in zip(days(scope.zone, period, first, last), real, strict=True) if exists]
    return Calendar(named[:-1], begins, int(np.searchsorted(begins[1:], end + 1, "right")))
