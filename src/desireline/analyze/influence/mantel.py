"""The hazard ratio of having taken a step, over risk sets (Mantel and Haenszel)."""

from math import exp, log, sqrt

from pydantic import BaseModel

from desireline.analyze.scope import I64
from desireline.model.intervals import Z


class Hazard(BaseModel):
    """How much oftener the goal comes next once the step has been taken, at equal step number and elapsed time.

    Attributes:
        ratio: Mantel and Haenszel's, with the 95 % interval of Greenland and Robins (1985); None without events on both
            sides.
        events_with: goals right after steps at risk with the small step taken by then; `events_without`: without it.
        steps_with, steps_without: steps at risk.
    """

    ratio: float | None
    low: float | None
    high: float | None
    events_with: int
    events_without: int
    steps_with: int
    steps_without: int


def hazard(everyone: I64, having: I64) -> Hazard:
    """Compare within strata.

    A unit reaches its first goal once at most, so that its steps at risk add no dependence beyond that of the strata.

    Args:
        everyone: int64[strata, 2], steps at risk without and with the goal next.
        having: int64[strata, 2], those of them with the small step taken.
    """
    others = everyone - having
    a, n1 = having[:, 1].astype(float), having.sum(axis=1).astype(float)
    b, n0 = others[:, 1].astype(float), others.sum(axis=1).astype(float)
    both = (n1 > 0) & (n0 > 0)
    a, b, n1, n0 = a[both], b[both], n1[both], n0[both]
    n = n1 + n0
    first, second = float((a * n0 / n).sum()), float((b * n1 / n).sum())
    ratio = low = high = None
    if first > 0 and second > 0:
        ratio = first / second
        spread = float(((n1 * n0 * (a + b) - a * b * n) / n**2).sum()) / (first * second)
        half = Z * sqrt(max(spread, 0.0))
        low, high = exp(log(ratio) - half), exp(log(ratio) + half)
    return Hazard(
        ratio=ratio, low=low, high=high, events_with=int(having[:, 1].sum()), events_without=int(others[:, 1].sum()),
        steps_with=int(having.sum()), steps_without=int(others.sum()),
    )  # fmt: skip
