"""How an experiment stood over its time: people and effect at up to thirty looks."""

from typing import Final

import numpy as np

from desireline.act.experiments.comparing import Design, Measured, always_valid, known
from desireline.act.experiments.moments import Figures
from desireline.act.experiments.sample import F64, I64, Sample
from desireline.model.clock import moment
from desireline.model.experiment_result import Look

LOOKS: Final = 30


def edges(time: I64) -> I64:
    """int64[looks]: the ends of equal parts of the time, the last one the last assignment."""
    first, last = int(time.min()), int(time.max())
    return np.unique(first + ((last - first) * np.arange(1, LOOKS + 1)) // LOOKS).astype(np.int64)


def assigned_by(sample: Sample, ends: I64) -> I64:
    """int64[looks, arms]: assigned until each look."""
    assert sample.time is not None  # noqa: S101 the caller has looked
    cell = np.searchsorted(ends, sample.time) * len(sample.arms) + sample.arm
    counts = np.bincount(cell, minlength=len(ends) * len(sample.arms))
    return np.cumsum(counts.reshape(len(ends), -1), axis=0)


def course(sample: Sample, found: Measured, design: Design, treatment: int, ends: I64) -> list[Look]:
    """The always-valid interval at each look, of those assigned until then."""
    assert sample.time is not None  # noqa: S101
    outcome, arms = sample.outcome, len(sample.arms)
    inside = outcome.known
    cell = np.searchsorted(ends, sample.time[inside]) * arms + found.arm
    middle = float(found.value.mean()) if len(found.value) else 0.0
    apart = found.value - middle  # near zero, so that sums of squares keep their digits
    n, total, squares, hits = (
        _running(cell, weight, len(ends), arms)
        for weight in (None, apart, apart * apart, (outcome.value[inside] != 0).astype(np.float64))
    )
    looks = []
    for k, end in enumerate(ends):
        sides = [_figures(n[k, a], total[k, a], squares[k, a], hits[k, a], middle) for a in (treatment, design.control)]
        always = always_valid(outcome, sides[0], sides[1], treatment, design)
        effect = known(sides[0].mean - sides[1].mean)
        size = sides[0].n + sides[1].n
        looks.append(Look(time=moment(int(end)), n=size, effect=effect, low=always.low, high=always.high))
    return looks


def _running(cell: I64, weight: F64 | None, looks: int, arms: int) -> F64:
    found: F64 = np.cumsum(np.bincount(cell, weight, minlength=looks * arms).reshape(looks, arms), axis=0, dtype=float)
    return found


def _figures(n: float, total: float, squares: float, hits: float, middle: float) -> Figures:
    if n < 2:
        return Figures(int(n), middle + total / n if n else np.nan, np.nan, int(hits))
    mean = total / n
    return Figures(int(n), middle + mean, max(0.0, (squares - n * mean * mean) / (n - 1)), int(hits))
