"""How long things take: handling and waiting as means of what is over, time to value by Kaplan and Meier."""

import numpy as np

from desireline.act.kpis.kind import Counts, Figure, Kind, nothing
from desireline.analyze.survival import Curve, from_table
from desireline.model.intervals import Interval, mean_of

DAY = 86_400_000_000
"""In µs."""

SPANS = ("contacts", "seconds", "seconds_squared")
WATCHED = ("reached@", "left@")
NOT_REACHED = "median_not_reached"
"""Why there is no value: fewer than half reach it while they are watched."""


def _mean(counts: Counts) -> Figure:
    """Seconds per contact; an interval of times does not begin below 0."""
    n = int(counts["contacts"])
    if not n:
        return nothing()
    around = mean_of(n, counts["seconds"], counts["seconds_squared"])
    return Figure(counts["seconds"] / n, around and Interval(max(0.0, around.low), around.high), n)


def _curve(counts: Counts) -> tuple[Curve, int]:
    """The curve of `reached@DAYS` and `left@DAYS`, and how many were watched at all."""
    table: dict[int, list[int]] = {}
    for name, count in counts.items():
        stem, _, days = name.partition("@")
        table.setdefault(round(float(days) * DAY), [0, 0])[stem == "left"] += int(count)
    times = sorted(table)
    both = np.array([table[time] for time in times], np.int64).reshape(-1, 2)
    gone = both.sum(axis=1)
    n = int(gone.sum())
    return from_table(np.array(times, np.int64), both[:, 0], n - np.cumsum(gone) + gone), n


def _median(counts: Counts) -> Figure:
    """Days by which half have reached it, with the interval of Brookmeyer and Crowley on the log(-log) scale."""
    found, n = _curve(counts)
    if not n:
        return nothing()
    median, low, high = (None if end is None else end / DAY for end in found.by_half())
    if median is None:
        return nothing(n, NOT_REACHED)
    return Figure(median, (low, high), n)


def _reaching(counts: Counts) -> Figure:
    """The share that has reached it by the last time at which somebody does, with Greenwood's log(-log) interval."""
    found, n = _curve(counts)
    if not n:
        return nothing()
    if not len(found.time):
        return Figure(0.0, None, n)
    return Figure(float(found.reached[-1]), Interval(float(found.low[-1]), float(found.high[-1])), n)


def _span(name: str) -> Kind:
    return Kind(
        name,
        "times",
        SPANS,
        "seconds",
        "down",
        _mean,
        optional=frozenset(SPANS[2:]),
        amounts=frozenset(SPANS[1:]),
        squares=((SPANS[:1], *SPANS[1:]),),
    )


KINDS = (
    _span("handling_time"),
    _span("waiting_time"),
    Kind("time_to_value", "times", WATCHED, "days", "down", _median),
    Kind("reaching_value", "times", WATCHED, "share", "up", _reaching),
)
