"""Whether a small step may move a goal: the adjusted effect on those who took it."""

from typing import Literal

import numpy as np
from pydantic import BaseModel

from desireline.analyze.scope import F64, I64, Bools
from desireline.model.grade import Grade

LEAST = 50
"""Steps on either side, and conversions in all, below which nothing is estimated."""

Reason = Literal["few_people", "few_conversions", "not_asked"]


class Influence(BaseModel):
    """The average effect on those who take the step, of taking it then for the first time.

    Every step before the goal is a trial of its own (Hernán et al. 2008): those who take the small step there for the
    first time against those who do anything else there, not having taken it either. Doubly robust and cross-fitted
    (Robins, Rotnitzky and Zhao 1994), adjusted for what they had done before. Others may take it later on.

    Attributes:
        estimate: share that converts less the share that would have without the step, with its 95 % interval.
        exposed, controls: steps with and without it.
        naive: the plain difference.
        ratio: the shares' ratio; `e_value`: how strongly a hidden factor would have to go with both the step and the
            goal to explain it away, as a risk ratio; `e_value_low`: the same for the interval's end next to none.
        grade: adjusted association, never proof.
        reason: why nothing was estimated, None if it was.
    """

    estimate: float | None
    low: float | None
    high: float | None
    exposed: int
    controls: int
    naive: float | None
    ratio: float | None
    e_value: float | None
    e_value_low: float | None
    grade: Grade
    enough: bool
    reason: Reason | None


def influence(taken: Bools, converted: Bools, known: F64, people: I64, seed: int) -> Influence:
    """Estimate the effect.

    Args:
        taken: bool[n], where the step is taken.
        converted: bool[n], whether the goal is reached later.
        known: float64[n, columns], what was known before.
        people: int64[n], whose each unit is.
        seed: of the folds.
    """
    exposed, controls = int(taken.sum()), int((~taken).sum())
    if min(exposed, controls) < LEAST:
        return nothing(exposed, controls, "few_people")
    if int(converted.sum()) < LEAST:
        return nothing(exposed, controls, "few_conversions")
    from desireline.analyze.stakes.aipw import att

    naive = float(converted[taken].mean() - converted[~taken].mean())
    some = known[:, known.std(axis=0) > 0]
    found = att(converted.astype(np.float64), taken, some, people, seed=seed)
    return Influence(
        estimate=found.estimate, low=found.low, high=found.high, exposed=exposed, controls=controls, naive=naive,
        ratio=found.ratio, e_value=found.e_value, e_value_low=found.e_value_low, grade="C", enough=True, reason=None,
    )  # fmt: skip


def nothing(exposed: int, controls: int, reason: Reason) -> Influence:
    """No estimate, and why."""
    return Influence(
        estimate=None, low=None, high=None, exposed=exposed, controls=controls, naive=None, ratio=None, e_value=None,
        e_value_low=None, grade="C", enough=False, reason=reason,
    )  # fmt: skip
