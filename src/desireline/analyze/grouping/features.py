"""Behaviours of people in a form in which people with few and with many events can be held against each other.

Parts of a person's events (touchpoints, channels, repeats, pauses) are randomised quantile residuals of a
beta-binomial distribution (Dunn and Smyth 1996): without structure they are normal whatever the number of events.
Pace and regularity are told in units of the spread that their few gaps and the differences of people explain together.
The hour and the day of the week take no part: who is seen on one day only has come at a weekend or has not. Nor does
value, which is an outcome: it would part those who bought from those of the same kind who did not.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from desireline.analyze.grouping.measuring import Measured
from desireline.analyze.scope import F64, I32, Bools
from desireline.kernels.habits import EVENTS, JOURNEYS, LOG_GAPS, LOG_GAPS_SQUARED, REPEATS, VISITS

ENOUGH: Final = 5
"""Events that a person must have to take part in finding groups: less says too little of habits."""

COMMON: Final = 0.01
"""A part that fewer people have at all is no feature."""

DAY: Final = 86_400_000_000

OF_THE_WINDOW: Final = ("activity", "recency")
"""Behaviours that depend on how long people are watched."""


class Gaps(NamedTuple):
    """How log gaps are spread: their mean, the variance within and that between people."""

    mean: float
    within: float
    between: float


@dataclass(frozen=True)
class Norms:
    """What features are held against: learned once, used for every window.

    Attributes:
        parts: mean share and spread of each part, by its key; those too rare or too common are not here.
        pace: of log gaps; `regularity`: of the logarithm of their standard deviation, `within` not used.
        until: µs, what recency is told from.
    """

    parts: dict[str, tuple[float, float]]
    pace: Gaps
    regularity: Gaps
    until: int


def enough(found: Measured) -> Bools:
    """bool[units]: those with enough events."""
    return found.habits.counts[:, EVENTS] >= ENOUGH


def norms(found: Measured, until: int) -> Norms:
    """Learn from units that have enough events."""
    from desireline.kernels.residuals import moments

    parts = {}
    for key, (x, of) in _parts(found).items():
        if min(float((x > 0).mean()), float((x < of).mean())) >= COMMON:
            parts[key] = moments(x, of)
    mean, variance, gaps = _gaps(found)
    within = float((variance * (gaps - 1)).sum() / (gaps - 1).sum())
    middle = float(mean.mean())
    between = float(((mean - middle) ** 2 - within / gaps).mean())
    spread = _log_spread(variance, gaps)
    usual = float(np.median(spread))
    differ = float(((spread - usual) ** 2 - 0.5 / (gaps - 1)).mean())
    pace, regularity = Gaps(middle, within, max(between, 0.0)), Gaps(usual, 0.5, max(differ, 0.0))
    return Norms(parts, pace, regularity, until)


def features(
    found: Measured, norms: Norms, rng: np.random.Generator, wanted: Collection[str] | None = None
) -> dict[str, F64]:
    """float64[units] of each feature, at least of those wanted, by key: `touchpoint:NAME`, `channel:NAME`, `pace`."""
    from desireline.kernels.residuals import places

    units, cells = len(found.habits.last), _parts(found)
    values = {
        key: places(*cells[key], share, spread, rng.random(units))
        for key, (share, spread) in norms.parts.items()
        if wanted is None or key in wanted
    }
    values |= _of_gaps(found, norms)
    values["activity"] = np.log(np.maximum(found.habits.counts[:, EVENTS], 1).astype(float))
    values["recency"] = np.log1p(np.maximum(norms.until - found.habits.last.astype(float), 0) / DAY)
    return values


def _of_gaps(found: Measured, norms: Norms) -> dict[str, F64]:
    mean, variance, gaps = _gaps(found)
    noise = 0.5 / np.maximum(gaps - 1, 1) + norms.regularity.between
    return {
        "pace": (mean - norms.pace.mean) / np.sqrt(norms.pace.within / gaps + norms.pace.between + 1e-12),
        "regularity": (_log_spread(variance, gaps) - norms.regularity.mean) / np.sqrt(noise),
    }


def _parts(found: Measured) -> dict[str, tuple[I32, I32]]:
    """Counts and what they are of. Of two parts that add up to all, the second says nothing new."""
    habits = found.habits
    events = np.ascontiguousarray(habits.counts[:, EVENTS])
    gaps = np.maximum(events - 1, 0)
    touched = [(f"touchpoint:{name}", j) for j, name in enumerate(found.touchpoints) if name is not None]
    met = [(f"channel:{name}", j) for j, name in enumerate(found.channels)] if found.channels_tell else []
    parts: dict[str, tuple[I32, I32]] = {}
    for listed, counts, all_of in (
        (touched, habits.touched, len(found.touchpoints)), (met, habits.channels, len(found.channels)),
    ):  # fmt: skip
        for key, j in listed[:1] if all_of == 2 else listed:
            parts[key] = np.ascontiguousarray(counts[:, j]), events
    for key, column in (("repeats", REPEATS), ("visit_length", VISITS), ("journeys", JOURNEYS)):
        parts[key] = np.ascontiguousarray(habits.counts[:, column]), gaps
    return parts


def _gaps(found: Measured) -> tuple[F64, F64, F64]:
    """Mean and variance of each unit's log gaps, and how many there are (at least 1, to divide by)."""
    gaps = np.maximum(found.habits.counts[:, EVENTS].astype(float) - 1, 1)
    mean = found.habits.sums[:, LOG_GAPS] / gaps
    square = found.habits.sums[:, LOG_GAPS_SQUARED] / gaps - mean * mean
    return mean, np.maximum(square, 0) * gaps / np.maximum(gaps - 1, 1), gaps


def _log_spread(variance: F64, gaps: F64) -> F64:
    """The log of the standard deviation, without the first term of its bias in small samples."""
    spread: F64 = 0.5 * np.log(variance + 1e-3) + 0.5 / np.maximum(gaps - 1, 1)
    return spread
