"""What sets groups apart: every behaviour of each group beside everyone's, with intervals."""

from collections.abc import Iterator
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from desireline.analyze.grouping.documents import Behaviour
from desireline.analyze.grouping.measuring import Measured
from desireline.analyze.scope import F64
from desireline.kernels.habits import (
    DAY,
    EVENING,
    EVENTS,
    JOURNEYS,
    LOG_GAPS,
    REPEATS,
    VALUE,
    VISITS,
    WEEKEND,
)
from desireline.model.intervals import mean_within

LEAST_RATIO: Final = 0.5
"""|log2 ratio| from which on a group may be named after a behaviour."""

LEAST_Q: Final = 0.05
NAMING: Final = 3
"""So many behaviours at most make a name."""


class Column(NamedTuple):
    """A behaviour of every unit, NaN for those that have none; `logs`: told as a geometric mean."""

    behaviour: Behaviour
    name: str | None
    values: F64
    logs: bool = False


class Told(NamedTuple):
    """A behaviour of one group; `effect` is the difference to all others in their common standard deviation."""

    behaviour: Behaviour
    name: str | None
    mean: float
    low: float | None
    high: float | None
    everyone: float
    log2_ratio: float | None
    q: float
    effect: float

    @property
    def tells(self) -> bool:
        """Whether a group may be named after it."""
        return self.log2_ratio is not None and abs(self.log2_ratio) >= LEAST_RATIO and self.q < LEAST_Q


def traits(found: Measured, of: npt.NDArray[np.integer], count: int, until: int) -> list[list[Told]]:
    """The behaviours of each group, those that set it apart most first.

    Args:
        found: habits of all units.
        of: int[units], the group of each, -1 for none.
        count: how many groups there are.
        until: µs, what recency is told from.
    """
    from scipy.stats import false_discovery_control

    rows = [row for column in columns(found, until) for row in _compared(column, of, count)]
    if not rows:
        return [[] for _ in range(count)]
    q = false_discovery_control([row.q for _, row in rows])
    told: list[list[Told]] = [[] for _ in range(count)]
    for (group, row), adjusted in zip(rows, q.tolist(), strict=True):
        told[group].append(row._replace(q=adjusted))
    return [sorted(listed, key=lambda t: (-abs(t.effect), t.behaviour, t.name or "")) for listed in told]


def columns(found: Measured, until: int) -> Iterator[Column]:
    """Every behaviour that is told."""
    counts, events = found.habits.counts, found.habits.counts[:, EVENTS].astype(float)
    some = np.where(events > 0, events, np.nan)
    gaps = np.where(events > 1, events - 1, np.nan)
    for j, name in enumerate(found.touchpoints):
        if name is not None:
            yield Column("touchpoint", name, found.habits.touched[:, j] / some)
    if len(found.channels) > 1:
        for j, name in enumerate(found.channels):
            yield Column("channel", name, found.habits.channels[:, j] / some)
    yield Column("activity", None, some)
    yield Column("pace", None, found.habits.sums[:, LOG_GAPS] / gaps, logs=True)
    yield Column("repeats", None, counts[:, REPEATS] / gaps)
    yield Column("visit_length", None, some / (counts[:, VISITS] + 1))
    yield Column("journeys", None, np.where(events > 0, counts[:, JOURNEYS] + 1.0, np.nan))
    last = np.where(events > 0, found.habits.last.astype(float), np.nan)
    yield Column("recency", None, (until - last) / DAY)
    if found.valued:
        yield Column("value", None, np.where(events > 0, found.habits.sums[:, VALUE], np.nan))
    yield Column("weekend", None, counts[:, WEEKEND] / some)
    yield Column("evening", None, counts[:, EVENING] / some)


def _compared(column: Column, of: npt.NDArray[np.integer], count: int) -> Iterator[tuple[int, Told]]:
    """Each group against all others by Welch's test."""
    known = ~np.isnan(column.values)
    values, group = column.values[known], of[known].astype(np.int64) + 1
    n = np.bincount(group, minlength=count + 1).astype(float)
    total = np.bincount(group, values, count + 1)
    square = np.bincount(group, values * values, count + 1)
    everyone = total.sum() / max(n.sum(), 1)
    for k in range(count):
        here, there = (
            _Sums(n[k + 1], total[k + 1], square[k + 1]),
            _Sums(*(s.sum() - s[k + 1] for s in (n, total, square))),
        )
        if min(here.n, there.n) < 2:
            continue
        yield k, _told(column, here, float(everyone), *_welch(here, there))


def _welch(here: "_Sums", there: "_Sums") -> tuple[float, float]:
    """The p-value of a difference of means, and the difference in common standard deviations."""
    from scipy.special import stdtr

    error = here.variance / here.n + there.variance / there.n
    if error <= 0:
        return 1.0, 0.0
    difference = here.mean - there.mean
    parts = [(s.variance / s.n) ** 2 / (s.n - 1) for s in (here, there)]
    p = float(2 * stdtr(error**2 / max(sum(parts), 1e-300), -abs(difference) / error**0.5))
    return p, difference / ((here.variance + there.variance) / 2) ** 0.5


class _Sums(NamedTuple):
    n: float
    total: float
    square: float

    @property
    def mean(self) -> float:
        return float(self.total / self.n)

    @property
    def variance(self) -> float:
        return float(max(self.square - self.total * self.mean, 0) / (self.n - 1))


def _told(column: Column, here: _Sums, everyone: float, p: float, effect: float) -> Told:
    within = mean_within(here.mean, (here.variance / here.n) ** 0.5, int(here.n))
    told = np.expm1 if column.logs else float
    mean, usual = float(told(here.mean)), float(told(everyone))
    low, high = (None, None) if within is None else (float(told(within.low)), float(told(within.high)))
    ratio = float(np.log2(mean / usual)) if mean > 0 and usual > 0 else None
    return Told(column.behaviour, column.name, mean, low, high, usual, ratio, p, effect)


def named_after(listed: list[Told]) -> list[Told]:
    """What a group is named after, the strongest first; of touchpoints and channels only what it does oftener."""
    ratio = [t for t in listed if t.tells and (t.name is None or (t.log2_ratio or 0) > 0)]
    return ratio[:NAMING]
