"""Placebo-in-time: the same method at days on which nothing happened, to see how often it alarms.

A change is pretended at days of the time before the real one, with at least 56 days to compare with, read forwards
and backwards (an autocorrelated series is the same process both ways), over a week, two, and as long as the real time
after. The share of alarms is the method's false-positive rate on these very data; where it lies above 5 %, the
interval is widened until it does not.
"""

from dataclasses import dataclass

import numpy as np

from desireline.act.beforeafter.autoregression import F64
from desireline.act.beforeafter.estimate import Series, estimate

LEAST_BEFORE = 56
LONGEST = 28
LENGTHS = (7, 14)
PLACES = 24
"""Pretended changes of a length and direction, at most."""


@dataclass(frozen=True)
class Placebos:
    """How the method does where nothing happened.

    Attributes:
        rate: share of pretended changes with an alarm; None where none could be pretended.
        count: how many were pretended.
        widened: how many times wider an interval must be so that 5 % alarm; never below 1.
    """

    rate: float | None
    count: int
    widened: float


def placebos(series: Series, like: F64) -> Placebos:
    """Pretended changes in the days before the real one.

    Args:
        series: with the real change; only the days before it are read.
        like: partial autocorrelations of the real estimate: its order is taken, the coefficients are found anew.
    """
    before = series.between(0, series.before, series.before)
    after = min(len(series.y) - series.before, LONGEST)
    excess = [
        estimate(one, like).excess
        for length in sorted({min(known, after) for known in (*LENGTHS, LONGEST)})
        for way in (before, before.backwards())
        for one in _pretended(way, length)
    ]
    if not excess:
        return Placebos(None, 0, 1.0)
    found = np.array(excess)
    return Placebos(float((found > 1).mean()), len(found), max(1.0, float(np.quantile(found, 0.95))))


def _pretended(days: Series, length: int) -> list[Series]:
    last = len(days.y) - length
    if last < LEAST_BEFORE:
        return []
    places = np.unique(np.linspace(LEAST_BEFORE, last, PLACES).astype(int)).tolist()
    made = [days.between(0, place + length, place) for place in places]
    return [one for one in made if np.isfinite(one.y[one.before :]).any()]
