"""One metric in all arms, and each treatment's effect on it."""

from dataclasses import dataclass
from math import isfinite

import numpy as np

from desireline.act.experiments.always import USUAL_SIZE, confidence_sequence, started
from desireline.act.experiments.covariates import Adjusted, adjusted
from desireline.act.experiments.fixed import fixed_horizon
from desireline.act.experiments.moments import Figures, Moments, error, linearised, moments
from desireline.act.experiments.sample import F64, I32, Outcome, Sample
from desireline.model.experiment_result import AlwaysValid, FixedHorizon


@dataclass(frozen=True, eq=False)
class Measured:
    """A metric of all who have one.

    Attributes:
        arm, value: of people whose outcome is known; a ratio's values are linearised, a covariate is taken off.
        raw: before the covariate was taken off.
        figures: of `value` by arm.
        covariate: what it gave, if there is one.
    """

    arm: I32
    value: F64
    raw: Moments
    figures: Moments
    covariate: Adjusted | None


@dataclass(frozen=True)
class Design:
    """How treatments are compared.

    Attributes:
        shares: of the people, by arm.
        planned: size of all arms.
        control: the arm that the others are compared with.
        together: metrics that share one error rate.
    """

    shares: list[float]
    planned: int | None
    control: int
    together: int = 1

    @property
    def treatments(self) -> list[int]:
        """The arms beside the control."""
        return [arm for arm in range(len(self.shares)) if arm != self.control]

    @property
    def alpha(self) -> float:
        """The level of one always-valid interval, so that all together are wrong at most once in twenty times."""
        return 0.05 / (len(self.treatments) * self.together)

    def tuned_for(self, treatment: int) -> int:
        """The size of two arms for which their interval is narrowest: known before anybody looked."""
        if self.planned is None:
            return USUAL_SIZE
        return max(2, round(self.planned * (self.shares[treatment] + self.shares[self.control])))


def measured(sample: Sample, outcome: Outcome, covariate: F64 | None = None) -> Measured:
    """The metric by arm."""
    arms, known = len(sample.arms), outcome.known
    everyone = bool(known.all())
    arm, value = (sample.arm, outcome.value) if everyone else (sample.arm[known], outcome.value[known])
    conversions = moments(arm, arms, value).conversions
    if outcome.per is not None:
        value = linearised(arm, arms, value, outcome.per if everyone else outcome.per[known])
    found = moments(arm, arms, value)
    raw = Moments(found.n, found.mean, found.variance, conversions)
    if covariate is None:
        return Measured(arm, value, raw, raw, None)
    freed = adjusted(arm, arms, value, covariate if everyone else covariate[known])
    after = moments(arm, arms, freed.value)
    return Measured(arm, freed.value, raw, Moments(after.n, after.mean, after.variance, conversions), freed)


def fixed_of(of: Outcome, found: Measured, treatment: int, control: int) -> FixedHorizon:
    """The fixed look at one treatment."""
    sides = found.figures.one(treatment), found.figures.one(control)
    return fixed_horizon(of.kind, *sides, adjusted=found.covariate is not None)


def always_of(of: Outcome, found: Measured, treatment: int, design: Design) -> AlwaysValid:
    """The always-valid look at one treatment; without ends before it starts."""
    return always_valid(of, found.figures.one(treatment), found.figures.one(design.control), treatment, design)


def always_valid(of: Outcome, treated: Figures, control: Figures, treatment: int, design: Design) -> AlwaysValid:
    """The always-valid interval of two arms' figures."""
    tuned = design.tuned_for(treatment)
    spread = error(treated, control)
    if not started(of.kind, treated, control) or not isfinite(spread) or not spread:
        return AlwaysValid(low=None, high=None, tuned_for=tuned)
    low, high = confidence_sequence(treated, control, tuned, design.alpha)
    return AlwaysValid(low=low, high=high, tuned_for=tuned)


def known(value: float) -> float | None:
    """A figure, None where it is none."""
    return value if np.isfinite(value) else None
