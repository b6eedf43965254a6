"""What each unit does and how: counts by label and channel, gaps, repeats, visits and hours, in one pass."""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import F64, I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges

DAY: Final = 86_400_000_000
HOUR: Final = 3_600_000_000

EVENTS, REPEATS, VISITS, JOURNEYS, WEEKEND, EVENING = range(6)
COUNTS: Final = 6
"""Columns of `Habits.counts`: events; those with the label of the one before; gaps that end a visit, that end a
journey; events on Saturday or Sunday; events from 18 o'clock on."""

LOG_GAPS, LOG_GAPS_SQUARED, VALUE = range(3)
SUMS: Final = 3
"""Columns of `Habits.sums`: of ln(1 + gap in seconds), of its square, of values."""


class Events(NamedTuple):
    """int64 offsets[units + 1], int64 time, int32 code, float64 value (NaN for none; empty if nothing has one)."""

    offsets: I64
    time: I64
    code: I32
    value: F64


class Tables(NamedTuple):
    """What an event counts as, int32[codes] each.

    Attributes:
        column: of `Habits.touched`, -1 for events to skip.
        channel: -1 for none.
        label: two events of one label in a row are a repeat.
    """

    column: I32
    channel: I32
    label: I32


class Clock(NamedTuple):
    """Local time and silence, all in µs.

    Attributes:
        weeks: int64, starts of the local weeks (Mondays), UTC.
        visit, journey: silences that end one.
        since, until: the events in [since, until) count.
    """

    weeks: I64
    visit: int
    journey: int
    since: int
    until: int


class Habits(NamedTuple):
    """By unit.

    Attributes:
        touched: int32[units, columns].
        channels: int32[units, channels].
        counts: int32[units, COUNTS].
        sums: float64[units, SUMS].
        last: int64[units], time of the last event; the least possible number for units without an event.
    """

    touched: npt.NDArray[np.int32]
    channels: npt.NDArray[np.int32]
    counts: npt.NDArray[np.int32]
    sums: F64
    last: I64


@compiled
def _habits(
    offsets: I64, time: I64, code: I32, value: F64, column: I32, channel: I32, label: I32, weeks: I64, visit: int,
    journey: int, since: int, until: int, lo: int, hi: int, touched: I32, channels: I32, counts: I32, sums: F64,
    last: I64,
) -> None:  # fmt: skip
    for u in range(lo, hi):
        before, now, week = -1, np.int64(0), -1
        for i in range(offsets[u], offsets[u + 1]):
            c, t = code[i], time[i]
            if column[c] < 0 or t < since or t >= until:
                continue
            touched[u, column[c]] += 1
            if channel[c] >= 0:
                channels[u, channel[c]] += 1
            counts[u, EVENTS] += 1
            if before >= 0:
                gap = t - now
                log = np.log1p(gap / 1e6)
                sums[u, LOG_GAPS] += log
                sums[u, LOG_GAPS_SQUARED] += log * log
                counts[u, REPEATS] += label[code[before]] == label[c]
                counts[u, VISITS] += gap > visit
                counts[u, JOURNEYS] += gap > journey
            else:
                week = int(np.searchsorted(weeks, t, "right")) - 1
            while week + 1 < len(weeks) and weeks[week + 1] <= t:
                week += 1
            into = t - weeks[week]
            counts[u, WEEKEND] += into >= 5 * DAY
            counts[u, EVENING] += into % DAY >= 18 * HOUR
            if len(value) and not np.isnan(value[i]):
                sums[u, VALUE] += value[i]
            before, now = i, t
        last[u] = now if before >= 0 else np.iinfo(np.int64).min


def habits(events: Events, tables: Tables, sizes: tuple[int, int], clock: Clock) -> Habits:
    """Measure every unit.

    Args:
        events: of all units.
        tables: over codes.
        sizes: how many columns and channels there are.
        clock: `weeks[0]` is not after the first event.
    """
    e = Events(frozen(events.offsets), frozen(events.time), frozen(events.code), frozen(events.value))
    of, weeks = Tables(frozen(tables.column), frozen(tables.channel), frozen(tables.label)), frozen(clock.weeks)
    units, columns, many = len(e.offsets) - 1, *sizes
    found = Habits(
        np.zeros((units, columns), np.int32), np.zeros((units, many), np.int32), np.zeros((units, COUNTS), np.int32),
        np.zeros((units, SUMS)), np.zeros(units, np.int64),
    )  # fmt: skip

    def part(lo: int, hi: int) -> None:
        _habits(
            *e, *of, weeks, clock.visit, clock.journey, clock.since, clock.until, lo, hi, found.touched, found.channels,
            found.counts, found.sums, found.last,
        )  # fmt: skip

    each(part, unit_ranges(e.offsets))
    return found
