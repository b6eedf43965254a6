"""On how many days of a week or month each unit is active."""

import numpy as np

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.periods import Periods, period_at
from desireline.kernels.pool import each, unit_ranges

MOST_DAYS = 31


@compiled
def _count(
    offsets: I64, time: I64, code: I32, wanted: Bools, days: Periods, period_of: I32, lo: int, hi: int, counts: I64
) -> None:
    for unit in range(lo, hi):
        day, period, active = -1, 0, 0
        for i in range(offsets[unit], offsets[unit + 1]):
            if not wanted[np.uint32(code[i])]:
                continue
            today = period_at(days, time[i])
            if today == day:
                continue
            if period_of[today] != period:
                counts[period, active] += 1
                period, active = period_of[today], 0
            day = today
            active += 1
        counts[period, active] += 1


@compiled
def _days_in(
    offsets: I64, time: I64, code: I32, wanted: Bools, days: Periods, period_of: I32, period: int, lo: int, hi: int,
    active: I32,
) -> None:  # fmt: skip
    for unit in range(lo, hi):
        day = -1
        for i in range(offsets[unit], offsets[unit + 1]):
            if wanted[np.uint32(code[i])]:
                today = period_at(days, time[i])
                active[unit] += today != day and period_of[today] == period
                day = today


def stickiness(offsets: I64, time: I64, code: I32, wanted: Bools, days: Periods, period_of: I32, periods: int) -> I64:
    """Units by period and number of days of it on which they are active.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit, all within `days`.
        code: int32[events].
        wanted: bool[codes], the events that make a unit active.
        days: the days.
        period_of: int32[days], the week or month of each day, ascending from 0.
        periods: how many weeks or months.

    Returns:
        int64[periods, MOST_DAYS + 1]; column 0 means nothing.
    """
    offsets, time, code, wanted = frozen(offsets), frozen(time), frozen(code), frozen(wanted)
    period_of = frozen(period_of)

    def part(lo: int, hi: int) -> I64:
        counts = np.zeros((periods, MOST_DAYS + 1), np.int64)
        _count(offsets, time, code, wanted, days, period_of, lo, hi, counts)
        return counts

    total: I64 = np.sum(each(part, unit_ranges(offsets)), axis=0)
    return total


def active_days(offsets: I64, time: I64, code: I32, wanted: Bools, days: Periods, period_of: I32, period: int) -> I32:
    """int32[units]: on how many days of a period each is active; arguments as `stickiness` takes them."""
    offsets, time, code, wanted = frozen(offsets), frozen(time), frozen(code), frozen(wanted)
    period_of, active = frozen(period_of), np.zeros(len(offsets) - 1, np.int32)
    each(
        lambda lo, hi: _days_in(offsets, time, code, wanted, days, period_of, period, lo, hi, active),
        unit_ranges(offsets),
    )
    return active
