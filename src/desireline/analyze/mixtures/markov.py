"""A mixture of Markov chains, fitted by expectation and maximisation.

Each chain has start and end states; steps are smoothed by a Dirichlet prior of .05. How many chains there are is told
by the integrated likelihood of the completed data (C. Biernacki, G. Celeux, G. Govaert: Exact and Monte Carlo
calculations of integrated likelihoods for the latent class model, 2010) with Jeffreys' prior over the steps that
happen at all. Unlike the Bayesian information criterion it finds five kinds among 800 journeys, and it does not cut
one kind, whose journeys are no Markov chain, into several.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln

from desireline.analyze.mixtures.steps import Steps
from desireline.analyze.scope import F64

SMOOTHING = 0.05
JEFFREYS = 0.5
SETTLED = 1e-6
"""The log-likelihood of a settled fit grows by less than this share of itself."""

TINY = 1e-300


@dataclass(frozen=True, eq=False)
class Mixture:
    """A fit.

    Attributes:
        belonging: float64[journeys, chains], how probable each chain is for each journey.
        log_likelihood: of all journeys.
    """

    belonging: F64
    log_likelihood: float

    @property
    def k(self) -> int:
        """How many chains."""
        return int(self.belonging.shape[1])


def fitted(steps: Steps, belonging: F64, rounds: int) -> Mixture:
    """Expectation and maximisation by turns, from float64[journeys, chains], at most so many rounds."""
    before = -np.inf
    for _ in range(rounds):
        weight, step = parameters(steps, belonging)
        score = steps.counts @ step + weight
        most = score.max(axis=1, keepdims=True)
        belonging = np.exp(score - most)
        total = belonging.sum(axis=1, keepdims=True)
        belonging /= total
        likelihood = float((most + np.log(total)).sum())
        if likelihood - before < SETTLED * abs(likelihood):
            break
        before = likelihood
    return Mixture(belonging, likelihood)


def parameters(steps: Steps, belonging: F64) -> tuple[F64, F64]:
    """Log probabilities float64[chains] of chains and float64[steps, chains] of steps."""
    times = steps.by_step @ belonging
    total = steps.summed(times) + SMOOTHING * steps.labels
    step = np.log(times + SMOOTHING) - np.log(total)[steps.source]
    return np.log(np.maximum(belonging.mean(axis=0), TINY)), step


def table(steps: Steps, belonging: F64) -> tuple[F64, F64]:
    """As `parameters`, the steps as float64[labels + 1, labels + 1, chains] with those that nobody took."""
    weight, step = parameters(steps, belonging)
    total = steps.summed(steps.by_step @ belonging) + SMOOTHING * steps.labels
    full = np.repeat((np.log(SMOOTHING) - np.log(total))[:, None, :], steps.labels + 1, axis=1)
    full[steps.source, steps.target] = step
    return weight, full


def completed(steps: Steps, mixture: Mixture) -> float:
    """Log of the integrated likelihood of journeys and their chains together; the larger the better."""
    times, people = steps.by_step @ mixture.belonging, mixture.belonging.sum(axis=0)
    prior = JEFFREYS * steps.followers[steps.followers > 0, None]
    total = steps.summed(times)[steps.followers > 0]
    chains = gammaln(mixture.k * JEFFREYS) - gammaln(steps.journeys + mixture.k * JEFFREYS)
    chains += (gammaln(people + JEFFREYS) - gammaln(JEFFREYS)).sum()
    walks = (gammaln(times + JEFFREYS) - gammaln(JEFFREYS)).sum() + (gammaln(prior) - gammaln(total + prior)).sum()
    return float(chains + walks)


def bic(steps: Steps, mixture: Mixture) -> float:
    """Bayesian information criterion; a chain has a parameter for each step that happens, less one for each label."""
    free = len(steps.source) - np.count_nonzero(steps.followers)
    return float(-2 * mixture.log_likelihood + (mixture.k - 1 + mixture.k * free) * np.log(steps.journeys))
