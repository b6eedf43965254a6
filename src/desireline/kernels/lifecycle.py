"""Who is new, stays, comes back or stays away, period by period: what each unit's active periods imply."""

from typing import Final

import numpy as np

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.periods import Periods, period_at
from desireline.kernels.pool import each, unit_ranges

NEW: Final = 0
RETURNING: Final = 1
RESURRECTING: Final = 2
DORMANT: Final = 3
KINDS: Final = 4


@compiled
def _next_active(
    time: I64, code: I32, wanted: Bools, periods: Periods, after: int, at: int, last: int
) -> tuple[int, int]:
    """From event `at` on, the first wanted one in another period than `after`: its place and period, or (last, -1)."""
    for i in range(at, last):
        if wanted[np.uint32(code[i])]:
            period = period_at(periods, time[i])
            if period != after:
                return i, period
    return last, -1


@compiled
def _kind(before: int, now: int) -> int:
    later = RETURNING if now == before + 1 else RESURRECTING
    return NEW if before < 0 else later


@compiled
def _count(
    offsets: I64, time: I64, code: I32, wanted: Bools, periods: Periods, lo: int, hi: int, counts: I64
) -> None:  # fmt: skip
    for unit in range(lo, hi):
        last = offsets[unit + 1]
        before, at = -1, offsets[unit]
        while True:
            at, now = _next_active(time, code, wanted, periods, before, at, last)
            if before >= 0 and now != before + 1:
                counts[before + 1, DORMANT] += 1
            if now < 0:
                break
            counts[now, _kind(before, now)] += 1
            before = now


@compiled
def _mark(
    offsets: I64, time: I64, code: I32, wanted: Bools, periods: Periods, period: int, kind: int, lo: int, hi: int,
    found: Bools,
) -> None:  # fmt: skip
    for unit in range(lo, hi):
        last = offsets[unit + 1]
        before, at = -1, offsets[unit]
        while before < period:
            at, now = _next_active(time, code, wanted, periods, before, at, last)
            if kind == DORMANT:
                found[unit] |= before == period - 1 and before >= 0 and now != period
            else:
                found[unit] |= now == period and _kind(before, now) == kind
            if now < 0:
                break
            before = now


def lifecycle(offsets: I64, time: I64, code: I32, wanted: Bools, periods: Periods) -> I64:
    """Units by period and kind.

    `NEW`: active for the first time; `RETURNING`: active, as in the period before; `RESURRECTING`: active again after
    at least one period without; `DORMANT`: not active, but in the period before.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit, all within `periods`.
        code: int32[events].
        wanted: bool[codes], the events that make a unit active.
        periods: the calendar.

    Returns:
        int64[periods, KINDS].
    """
    offsets, time, code, wanted = frozen(offsets), frozen(time), frozen(code), frozen(wanted)

    def part(lo: int, hi: int) -> I64:
        counts = np.zeros((len(periods.starts), KINDS), np.int64)
        _count(offsets, time, code, wanted, periods, lo, hi, counts)
        return counts[:-1]

    total: I64 = np.sum(each(part, unit_ranges(offsets)), axis=0)
    return total


def units_in_lifecycle(
    offsets: I64, time: I64, code: I32, wanted: Bools, periods: Periods, period: int, kind: int
) -> Bools:
    """bool[units]: who is of a kind in a period; the other arguments as `lifecycle` takes them."""
    offsets, time, code, wanted = frozen(offsets), frozen(time), frozen(code), frozen(wanted)
    found = np.zeros(len(offsets) - 1, np.bool_)
    each(lambda lo, hi: _mark(offsets, time, code, wanted, periods, period, kind, lo, hi, found), unit_ranges(offsets))
    return found
