"""Drop-off above the expected: more people fall silent in a week than the 8 weeks before it let expect.

Expected is the beta-binomial forecast for the same touchpoint, channel and place in the journey (first, second, third,
4-5, 6-10, 11-20, later), never a mean of other touchpoints; a question of a segment or persona forecasts from that
segment alone. A unit falls silent if nothing follows for the definition's gap; what is nearer to the end of the
observation does not count, nor do goals and ends of journeys. Weeks differ for many reasons: forecasts are widened by
how much a touchpoint's usual weeks scatter, and weeks are picked at a false-discovery rate of 5 % (Benjamini and
Hochberg 1995) over all touchpoints, channels and weeks.
"""

from typing import NamedTuple

import numpy as np

from desireline.analyze.detectors.material import MINUTE, Material, Signs
from desireline.analyze.detectors.model import Reason
from desireline.analyze.detectors.rates import USUAL_SQUARE, Q, false_discovery
from desireline.analyze.scope import F64, I32, I64, Bools
from desireline.kernels.endings import STEPS

WEEK = 7 * 24 * 60 * MINUTE
WEEKS, LEAST_WEEKS = 8, 4
LEAST = 50
"""Events in the weeks before below which nothing is forecast."""

FEW = 20
"""Events in a week below which it is not judged."""

ROOM = 4_000_000
"""Cells times weeks times places at most; the busiest cells are looked at."""


class Forecast(NamedTuple):
    """float64[cells, weeks]: events, how many fell silent, how many were expected to, and the variance of that."""

    events: F64
    silent: F64
    expected: F64
    variance: F64


def find(material: Material) -> Signs | Reason:
    """The events of the picked weeks after which people fell silent."""
    from desireline.kernels.endings import by_slot, endings, in_weeks

    scope, events = material.scope, material.events
    start = scope.span[0] if scope.span else 0
    weeks = int((scope.until - scope.gap - start) // WEEK + 1)
    if weeks <= LEAST_WEEKS:
        return "short_history"
    slot, silent = endings(*events, material.final, scope.gap, scope.until, start, WEEK)
    kept = _busiest(material, weeks)
    cell = np.append(kept, np.int32(-1))[events.cell]
    n = int(kept.max(initial=-1)) + 1
    counts = by_slot(scope.offsets, scope.code, cell, n, slot, weeks * STEPS, silent)
    forecast = forecasts(counts.reshape(n, weeks, STEPS, 2))
    picked = pick(forecast)
    chance = in_weeks(scope.offsets, scope.code, cell, slot, picked)
    rates = np.zeros(len(kept))
    sums = [np.where(picked, x, 0.0).sum(axis=1) for x in (forecast.expected, forecast.events)]
    rates[kept >= 0] = (sums[0] / np.maximum(sums[1], 1))[kept[kept >= 0]]
    return Signs(chance & silent, chance, rates[None], chosen=True)


def forecasts(counts: I64) -> Forecast:
    """What each week lets expect from the weeks before it.

    With n events of which k fell silent before, the share has the posterior Beta(k + .5, n - k + .5) (Jeffreys), and
    the next m events have the beta-binomial mean m p and variance m p (1 - p) (1 + (m - 1) / (n + 2)). It is widened
    by the cell's median squared deviation over that of a normal variable, if that is above 1.

    Args:
        counts: int64[cells, weeks, places, 2], events, and those after which the unit fell silent.
    """
    so_far = np.concatenate((np.zeros_like(counts[:, :1]), counts.cumsum(axis=1)), axis=1)
    weeks = np.arange(counts.shape[1])
    before = so_far[:, weeks] - so_far[:, np.maximum(weeks - WEEKS, 0)]
    n, k, m = before[..., 0], before[..., 1], counts[..., 0]
    share = (k + 0.5) / (n + 1)
    known = (n >= LEAST) & (weeks >= LEAST_WEEKS)[None, :, None]
    expected = np.where(known, m * share, 0.0)
    variance = np.where(known, expected * (1 - share) * (1 + (m - 1) / (n + 2)), 0.0)
    events, silent = (np.where(known, c, 0).sum(axis=2).astype(np.float64) for c in (m, counts[..., 1]))
    made = Forecast(events, silent, expected.sum(axis=2), variance.sum(axis=2))
    return made._replace(variance=made.variance * _scatter(made)[:, None])


def pick(forecast: Forecast) -> Bools:
    """bool[cells, weeks]: weeks in which more fell silent than forecast."""
    from scipy.stats import nbinom, norm

    judged = (forecast.events >= FEW) & (forecast.variance > 0)
    silent, mean, variance = (x[judged] for x in (forecast.silent, forecast.expected, forecast.variance))
    # Above 30 expected the normal curve is as good; below, a skewed one with the same mean and variance.
    wide = np.maximum(variance, mean * 1.0001)
    p = np.where(
        mean > 30,
        norm.sf((silent - 0.5 - mean) / np.sqrt(variance)),
        nbinom.sf(silent - 1, mean**2 / (wide - mean), mean / wide),
    )
    picked = np.zeros(judged.shape, np.bool_)
    picked[judged] = (false_discovery(p) <= Q) & (silent > mean)
    return picked


def _scatter(forecast: Forecast) -> F64:
    """How many times the variance of usual weeks is that of the forecast, at least 1: float64[cells]."""
    judged = (forecast.events >= FEW) & (forecast.variance > 0)
    square = (forecast.silent - forecast.expected) ** 2 / np.where(judged, forecast.variance, 1.0)
    ordered = np.sort(np.where(judged, square, np.inf), axis=1)
    n = judged.sum(axis=1)
    median = ordered[np.arange(len(n)), np.maximum(n - 1, 0) // 2] if ordered.shape[1] else np.zeros(len(n))
    return np.where(n > 0, np.maximum(1.0, median / USUAL_SQUARE), 1.0)


def _busiest(material: Material, weeks: int) -> I32:
    """int32[cells]: numbers of the cells that are looked at, the rest -1."""
    cell, by_code = material.events.cell, material.scope.by_code
    inside = cell >= 0
    busy = np.bincount(cell[inside], weights=by_code[inside], minlength=len(material.cells))
    order = np.argsort(-busy, kind="stable")[: max(1, ROOM // (weeks * STEPS))]
    kept = np.full(len(busy), -1, np.int32)
    order = order[busy[order] >= LEAST]
    kept[order] = np.arange(len(order))
    return kept
