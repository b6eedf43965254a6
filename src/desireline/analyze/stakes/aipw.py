"""The effect on those who were exposed, adjusted twice: doubly robust and cross-fitted."""

from dataclasses import dataclass
from math import sqrt

import numpy as np
import numpy.typing as npt

from desireline.analyze.stakes.nuisance import chances, curved, expected, standardised
from desireline.analyze.stakes.overlap import Overlap, overlap
from desireline.analyze.stakes.sensitivity import e_value
from desireline.model.intervals import Z

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

FOLDS = 5
TINY = 1e-9

TRIM = 0.02
"""Chances of exposure below this, and above 1 minus this, are moved to the bound."""


@dataclass(frozen=True)
class Groups:
    """Who is compared.

    Attributes:
        exposed, controls: rows.
        observed: the mean outcome of the exposed.
        naive: the plain difference of the two groups' means, as a baseline.
        binary: whether all outcomes are 0 or 1.
        overlap: how comparable the groups are.
    """

    exposed: int
    controls: int
    observed: float
    naive: float
    binary: bool
    overlap: Overlap


@dataclass(frozen=True)
class Att:
    """The average effect of exposure on the exposed (ATT); an adjusted association as long as nothing was randomised.

    Attributes:
        groups: who is compared.
        estimate: mean of the exposed minus what they would have had without it; negative where exposure goes with
            less. `low` to `high` is its 95 % interval, from the cluster-robust standard error `error`.
        without: what the mean of the exposed would have been: observed - `estimate`.
        ratio: observed / without; None unless outcomes are 0 and 1 and `without` is above 0.
        e_value: the strength that a hidden factor needs to explain `ratio` away; None without a ratio.
        e_value_low: the same for the end of the interval next to no effect; 1 where the interval includes it.
    """

    groups: Groups
    estimate: float
    error: float
    low: float
    high: float
    without: float
    ratio: float | None
    e_value: float | None
    e_value_low: float | None

    def undiluted(self, share: float) -> "Att":
        """The effect where only `share` of the difference in exposure was there, as others were exposed later on.

        Estimate and error are divided by it (Bloom 1984): right if it does the same to those who meet it later.
        """
        return _told(self.groups, self.estimate / share, self.error / share)


def att(outcome: F64, exposed: Bools, covariates: F64, people: I64, *, seed: int = 0) -> Att:
    """Estimate the effect of exposure on the exposed.

    psi = [E (Y - m0(X)) - (1 - E) e/(1 - e) (Y - m0(X))] / P(E), the mean of which is right if either the model of
    exposure e(X) or that of the outcome without exposure m0(X) is (Robins, Rotnitzky and Zhao 1994); both are fitted
    on four fifths of the people and used on the last fifth (Chernozhukov et al. 2018). The interval is the sandwich's.

    Args:
        outcome: float64[rows], 0 and 1 or amounts, after the exposure.
        exposed: bool[rows]; both groups are to be there.
        covariates: float64[rows, columns], known before the exposure, without NaN.
        people: int64[rows], whose row it is; rows of one person stay in one fold and vary together.
        seed: of the folds.
    """
    return Comparison(exposed, covariates, people, seed=seed).att(outcome)


class Comparison:
    """Exposed rows and others, with the model of exposure, which serves any number of outcomes.

    Attributes:
        exposed: bool[rows].
        chance: float64[rows], of exposure, by a model that was fitted on other people.
    """

    def __init__(self, exposed: Bools, covariates: F64, people: I64, *, seed: int = 0) -> None:
        """Fits the model of exposure; see `att` for the arguments."""
        self.exposed = exposed
        self._standard = standardised(np.asarray(covariates, np.float64))
        self._known = curved(self._standard)
        _, self._person = np.unique(people, return_inverse=True)
        self._fold = folds(int(self._person.max()) + 1, seed)[self._person]
        self.chance = np.empty(len(exposed))
        for one in range(FOLDS):
            held = self._fold == one
            self.chance[held] = chances(self._known[~held], exposed[~held], self._known[held])

    def att(self, outcome: F64) -> Att:
        """The effect on one outcome, float64[rows]."""
        without = np.empty(len(outcome))
        for one in range(FOLDS):
            held = self._fold == one
            unexposed = ~held & ~self.exposed
            without[held] = expected(self._known[unexposed], outcome[unexposed], self._known[held])
        return combined(outcome, self.exposed, self.chance, without, self._person, self._standard)


def folds(people: int, seed: int) -> I64:
    """int64[people]: a fold for everyone, of sizes as equal as can be."""
    return np.random.default_rng(seed).permutation(np.arange(people) % FOLDS)


def combined(outcome: F64, exposed: Bools, chance: F64, without: F64, person: I64, covariates: F64) -> Att:
    """The estimate, given for every row the chance of exposure and the outcome expected without it."""
    trimmed = np.clip(chance, TRIM, 1 - TRIM)
    odds = (trimmed / (1 - trimmed))[~exposed]
    share, surprise = float(exposed.mean()), outcome - without
    psi = np.where(exposed, surprise, 0.0)
    psi[~exposed] = -odds * surprise[~exposed]
    psi /= share
    estimate = float(psi.mean())
    observed, binary = float(outcome[exposed].mean()), bool(np.isin(outcome, (0.0, 1.0)).all())
    return _told(
        Groups(
            exposed=int(exposed.sum()), controls=int((~exposed).sum()), observed=observed, binary=binary,
            naive=observed - float(outcome[~exposed].mean()),
            overlap=overlap(chance, exposed, odds, covariates, float((trimmed != chance).mean())),
        ),
        estimate, _clustered(psi - estimate * exposed / share, person),
    )  # fmt: skip


def _told(groups: Groups, estimate: float, error: float) -> Att:
    low, high = estimate - Z * error, estimate + Z * error
    ratio, values = _explained(groups.observed, estimate, low, high) if groups.binary else (None, (None, None))
    return Att(
        groups=groups, estimate=estimate, error=error, low=low, high=high, without=groups.observed - estimate,
        ratio=ratio, e_value=values[0], e_value_low=values[1],
    )  # fmt: skip


def _clustered(influence: F64, person: I64) -> float:
    """The standard error of a mean whose rows vary together within a person."""
    sums = np.bincount(person, influence)
    clusters = len(sums)
    return sqrt(float((sums**2).sum()) * clusters / max(clusters - 1, 1)) / len(influence)


def _explained(
    observed: float, estimate: float, low: float, high: float
) -> tuple[float | None, tuple[float | None, float | None]]:
    """The risk ratio, and the E-values of it and of the end of its interval next to 1."""
    without = observed - estimate
    if without <= 0:
        return None, (None, None)
    nearest = 0.0 if low <= 0 <= high else high if high < 0 else low
    at_nearest = observed / max(observed - nearest, TINY)
    ratio = observed / without
    return ratio, (e_value(ratio), e_value(at_nearest) if nearest else 1.0)
