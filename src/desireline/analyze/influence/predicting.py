"""Whether a small step predicts a goal: held against who had not reached it by a landmark, and against later units."""

from math import exp, log, sqrt

import numpy as np
from pydantic import BaseModel

from desireline.analyze.scope import I64, Bools
from desireline.model.intervals import Z

LEARNED = 0.7
"""Units that began first, of which it is learned whether the step speaks for or against the goal."""


class Predicts(BaseModel):
    """Among units that had not reached the goal at the landmark and were watched until then.

    Attributes:
        with_step: units that had taken the step by then; `without_step` the others; `converted_…`: of them, who reached
            the goal later.
        lift: ratio of their shares, with its 95 % interval; None where one of them is unknown or 0.
        bits: what the step tells of the goal (mutual information).
        auc: how well it sorts units that began later, by what those that began first say; .5 tells nothing. None
            without conversions or without other units among the later ones.
    """

    with_step: int
    without_step: int
    converted_with: int
    converted_without: int
    lift: float | None
    low: float | None
    high: float | None
    bits: float
    auc: float | None


def predicts(taken: Bools, converted: Bools, began: I64) -> Predicts:
    """Hold a step against the goal.

    Args:
        taken: bool[n], who had taken the step at the landmark.
        converted: bool[n], who reached the goal later.
        began: int64[n], when each unit began.
    """
    a, n1 = int((taken & converted).sum()), int(taken.sum())
    b, n0 = int(converted.sum()) - a, len(taken) - n1
    lift = low = high = None
    if a and b:
        lift = (a / n1) / (b / n0)
        half = Z * sqrt(1 / a - 1 / n1 + 1 / b - 1 / n0)
        low, high = exp(log(lift) - half), exp(log(lift) + half)
    return Predicts(
        with_step=n1, without_step=n0, converted_with=a, converted_without=b, lift=lift, low=low, high=high,
        bits=_information(a, n1, b, n0), auc=_later(taken, converted, began),
    )  # fmt: skip


def _information(a: int, n1: int, b: int, n0: int) -> float:
    """Mutual information in bits of a fourfold table."""
    table = np.array([[a, n1 - a], [b, n0 - b]], np.float64)
    share = table / max(table.sum(), 1)
    product = share.sum(axis=1, keepdims=True) * share.sum(axis=0, keepdims=True)
    some = share > 0
    return max(0.0, float((share[some] * np.log2(share[some] / product[some])).sum()))


def _later(taken: Bools, converted: Bools, began: I64) -> float | None:
    if not len(began):
        return None
    later = began > np.quantile(began, LEARNED)
    earlier_difference, difference = (_difference(taken[part], converted[part]) for part in (~later, later))
    if earlier_difference is None or difference is None:
        return None
    return 0.5 + difference / 2 * (1 if earlier_difference >= 0 else -1)


def _difference(taken: Bools, converted: Bools) -> float | None:
    """The share that had taken the step among those that convert, less that among the others."""
    if converted.all() or not converted.any():
        return None
    return float(taken[converted].mean() - taken[~converted].mean())
