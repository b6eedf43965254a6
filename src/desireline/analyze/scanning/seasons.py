"""Bins of time, and how many of a bin's visits would go on as in other bins at the same time of the week or day."""

from typing import NamedTuple

import numpy as np

from desireline.analyze.calendars import calendar, horizon
from desireline.analyze.scope import F64, I32, I64, Scope

HOUR = 3_600_000_000
DAY = 24 * HOUR
TWO_WEEKS, SIX_WEEKS = 14, 45
LEAST_CYCLES = 4
PRIOR = 100.0
"""A segment's own season counts against everyone's as its visits do against so many."""


class Bins(NamedTuple):
    """Equal stretches of time.

    Attributes:
        starts: int64[bins + 1], µs UTC.
        per_day: bins of a day.
        cycle: after so many bins the season is the same; 1 without a season.
    """

    starts: I64
    per_day: int
    cycle: int


def bins_of(scope: Scope) -> Bins:
    """Hours for a span up to two weeks, three hours up to 45 days, days beyond; local midnight begins a bin."""
    days = calendar(scope, "day")
    span = len(days.days)
    if span > SIX_WEEKS:
        return Bins(days.starts, 1, 7)
    length = HOUR if span <= TWO_WEEKS else 3 * HOUR
    first, last = int(days.starts[0]), horizon(scope)
    starts = np.arange(first, last + length, length, dtype=np.int64)
    per_day = DAY // length
    return Bins(starts, per_day, per_day * 7 if span >= 3 * 7 else per_day if span >= 3 else 1)


def expected(n: I32, o: I32, cycle: int, values: int) -> F64:
    """As many of each bin's visits as would count at the share of its place in the season.

    Shares of a place in the season are drawn towards everyone's, and those towards the share of all places, the more so
    the fewer visits there are.

    Args:
        n: int32[rows * values, bins], visits.
        o: those that count.
        cycle: bins of a season.
        values: segments of a row, the first of which is everyone.
    """
    place = np.arange(n.shape[1]) % cycle
    size, hits = _by_place(n, o, cycle)
    total = size.sum(axis=1, keepdims=True)
    mean = hits.sum(axis=1, keepdims=True) / np.maximum(total, 1)
    everyone = ((hits + PRIOR * mean) / (size + PRIOR))[::values]
    ratio = everyone / np.maximum(mean[::values], 1e-12)
    usual = np.minimum(mean * np.repeat(ratio, values, axis=0), 1.0)
    share = (hits + PRIOR * usual) / (size + PRIOR)
    found: F64 = n * share[:, place]
    return found


def _by_place(n: I32, o: I32, cycle: int) -> tuple[F64, F64]:
    """float64[rows * values, cycle] twice, visits and those that count by place in the season.

    Of each place the cycles that are farthest above and below its mean are left out, lest a trouble seem a season.
    """
    cycles = -(-n.shape[1] // cycle)
    wide = [np.zeros((len(n), cycles * cycle)) for _ in range(2)]
    for filled, given in zip(wide, (n, o), strict=True):
        filled[:, : n.shape[1]] = given
    size, hits = (filled.reshape(len(n), cycles, cycle) for filled in wide)
    if cycles >= LEAST_CYCLES:
        mean = hits.sum(axis=1, keepdims=True) / np.maximum(size.sum(axis=1, keepdims=True), 1)
        off = hits - mean * size
        for worst in (off.argmax(axis=1), off.argmin(axis=1)):
            for part in (size, hits):
                np.put_along_axis(part, worst[:, None], 0.0, axis=1)
    return size.sum(axis=1), hits.sum(axis=1)
