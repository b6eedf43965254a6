"""Always-valid intervals: an asymptotic confidence sequence, which holds at all looks together."""

from math import inf, isfinite, log, sqrt
from typing import Final

from desireline.act.experiments.moments import Figures, error
from desireline.model.experiment_result import MetricKind
from desireline.model.intervals import Interval

CONVERSIONS: Final = 100
"""From so many in each arm on the interval is trusted: before, sums are not yet nearly normal."""

USUAL_SIZE: Final = 20_000
"""People in two arms for whom the interval is narrowest where nobody planned a size."""


def factor(people: int, tuned_for: int, alpha: float) -> float:
    """How many standard errors the interval reaches to each side of the estimate.

    The normal mixture of Waudby-Smith, Arbour, Sinha, Kennedy and Ramdas (Time-uniform central limit theory and
    asymptotic confidence sequences, 2021, theorem 2.2), with r² so that it is narrowest at `tuned_for` people.

    >>> round(factor(20_000, 20_000, 0.05), 3)
    3.035
    """
    squared = (-2 * log(alpha) + log(-2 * log(alpha) + 1)) / tuned_for
    x = people * squared
    return sqrt(2 * (x + 1) / x * log(sqrt(x + 1) / alpha))


def started(kind: MetricKind, *arms: Figures) -> bool:
    """Whether each arm has enough conversions, and of a share also enough people who did not convert."""
    enough = all(arm.conversions >= CONVERSIONS for arm in arms)
    return enough and (kind != "binary" or all(arm.n - arm.conversions >= CONVERSIONS for arm in arms))


def confidence_sequence(treatment: Figures, control: Figures, tuned_for: int, alpha: float = 0.05) -> Interval:
    """The interval of treatment - control that covers the effect at all looks together with probability 1 - alpha."""
    spread = error(treatment, control)
    if not isfinite(spread):
        return Interval(-inf, inf)
    difference = treatment.mean - control.mean
    half = spread * factor(treatment.n + control.n, tuned_for, alpha)
    return Interval(difference - half, difference + half)
