"""Fit the hazards of all outcomes at once: Newton's steps on sums from one pass each."""

from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.special import expit, log_expit

from desireline.analyze.hazards.risk import SINCE, STEPS
from desireline.analyze.scope import F64, I64
from desireline.kernels.hazards import Layout, Steps, clustered_sums, newton_sums

PATIENCE = 10.0
"""n times met of k steps counts as n * 11 / (k + 10): like the posterior mean of a leaning shown at every step."""

RIDGE, RIDGE_MET = 0.1, 1.0
"""Precisions of the normal priors of covariates and of what was met: where touchpoints follow each other by rule, what
was met before tells which one comes now, and without a prior the two could grow without end against each other."""

MOST_STEPS, HALVINGS, CLOSE, LEAP, SLACK = 20, 6, 0.01, 3.0, 1e-12
MANY_ROWS, SAMPLE_ROWS = 1_500_000, 1_000_000

PASSES, ENOUGH = 3, 0.05
"""Over everyone, at most, and how near the maximum in standard errors is near enough: only what never happens (whose
log hazard has no maximum but the prior's) takes longer."""


class Fit(NamedTuple):
    """Log hazard ratios and covariances of each outcome.

    Attributes:
        now: float64[outcomes, exposures], of being at an exposure at this step.
        met: float64[outcomes, exposures], of having met it by now; None without it.
        robust, model: float64[outcomes, n, n], covariance of `now` and then `met`: clustered, and by the model.
    """

    now: F64
    met: F64 | None
    robust: F64
    model: F64


def fit(steps: Steps, kinds: int, outcomes: int, *, met: bool) -> Fit:
    """Fit discrete-time proportional hazards (complementary log-log) with a sandwich clustered by person.

    Exposures carry a log-F(1, 1) prior, which is worth one step with and one without the outcome at half a weight each
    and keeps those that the outcome never follows finite (Greenland and Mansournia 2015).

    Args:
        steps: steps at risk, with bins of step number and elapsed time.
        kinds: how many exposures.
        outcomes: outcomes 1 to so many.
        met: adjust for what journeys have met by now, this step included: what a lasting leaning of the person towards
            an exposure does to the outcome shows after earlier meetings as after this one.
    """
    now = len(STEPS) + len(SINCE)
    layout = Layout(now + kinds * (2 if met else 1), kinds, now, now + kinds if met else -1, PATIENCE)
    theta = np.zeros((outcomes, layout.parameters))
    seen = np.bincount(steps.outcome[steps.outcome >= 0], minlength=outcomes + 1)
    theta[:, : len(STEPS)] = np.log((seen[1:, None] + 0.5) / (seen.sum() + 1.0))
    few, scale, base = *_sampled(steps), theta[:, :1]
    theta, (information, penalised) = _converged(few, layout, theta)
    whole = information * scale
    penalised = penalised + whole - information
    for _ in range(PASSES):
        score, meat = clustered_sums(steps, layout, theta)
        move = np.linalg.solve(penalised, (score + _prior(layout, theta, base)[1])[:, :, None])[:, :, 0]
        error = np.sqrt(np.linalg.inv(penalised).diagonal(axis1=1, axis2=2))
        if few is steps or (np.abs(move) < ENOUGH * error).all():
            break
        theta = theta + _held(move)
    bread = np.linalg.inv(penalised)
    own = slice(now, None)
    clusters = len(steps.cluster) - 1
    robust = (bread @ meat @ bread)[:, own, own] * (clusters / max(clusters - 1, 1))
    model = (bread @ whole @ bread)[:, own, own]
    return Fit(theta[:, now : now + kinds], theta[:, now + kinds :] if met else None, robust, model)


def _sampled(steps: Steps) -> tuple[Steps, float]:
    """Some people drawn at random, if there are many, and how many times as many steps there are in all.

    The information of so many is known well enough; scores are always those of everyone. At random, as people come in
    the order of their first event: the first are the most active.
    """
    clusters = len(steps.cluster) - 1
    if len(steps.outcome) <= MANY_ROWS:
        return steps, 1.0
    wanted = max(1, round(clusters * SAMPLE_ROWS / len(steps.outcome)))
    drawn = np.sort(np.random.default_rng(0).choice(clusters, wanted, replace=False))
    units, cluster = _runs(steps.cluster, drawn)
    events, offsets = _runs(steps.offsets, units)
    few = Steps(
        offsets, cluster, steps.exposure[events], steps.outcome[events], steps.first[events], steps.bins[:, events]
    )
    return few, int((steps.outcome >= 0).sum()) / max(int((few.outcome >= 0).sum()), 1)


def _runs(offsets: I64, chosen: I64) -> tuple[I64, I64]:
    """The rows of the chosen runs, one after another, and their offsets."""
    lengths = np.diff(offsets)[chosen]
    ends = np.r_[0, np.cumsum(lengths)].astype(np.int64)
    return np.repeat(offsets[chosen] - ends[:-1], lengths) + np.arange(ends[-1]), ends


def _held(move: npt.NDArray[np.floating[Any]]) -> F64:
    """A step of no more than `LEAP` in any direction: far away the slope says little."""
    return np.asarray(move * np.minimum(1.0, LEAP / np.maximum(np.abs(move).max(axis=1, keepdims=True), LEAP)))


def _converged(steps: Steps, layout: Layout, start: F64) -> tuple[F64, tuple[F64, F64]]:
    """The maximum of each outcome, with the information there, without and with the priors."""
    theta, base = start, start[:, :1]
    best, pull, information, penalised = _sums(steps, layout, theta, base)
    for _ in range(MOST_STEPS):
        move = np.linalg.solve(penalised, pull[:, :, None])[:, :, 0]
        error = np.sqrt(np.linalg.inv(penalised).diagonal(axis1=1, axis2=2))
        if (np.abs(move) < CLOSE * error).all():
            break
        move = _held(move)
        for _ in range(HALVINGS):
            found, *sums = _sums(steps, layout, theta + move, base)
            worse = found < best - SLACK * np.abs(best)
            if not worse.any():
                break
            move[worse] /= 2
        theta, best, (pull, information, penalised) = theta + move, found, sums
    return theta, (information, penalised)


def _sums(steps: Steps, layout: Layout, theta: F64, base: F64) -> tuple[F64, F64, F64, F64]:
    """Log-likelihood and score with the priors, and the information without and with them."""
    likelihood, score, information = newton_sums(steps, layout, theta)
    density, pull, weight = _prior(layout, theta, base)
    penalised = information + weight[:, :, None] * np.eye(layout.parameters)
    return likelihood + density, score + pull, information, penalised


def _prior(layout: Layout, theta: F64, base: F64) -> tuple[F64, F64, F64]:
    """Log density, score and information of the priors.

    Step bins have a normal prior around the overall log hazard `base`, other covariates and `met` around 0.
    """
    now = slice(layout.now, layout.now + layout.exposures)
    ridge = np.full(theta.shape, RIDGE)
    ridge[:, now.start :] = RIDGE_MET
    ridge[:, now] = 0.0
    apart = theta.copy()
    apart[:, : len(STEPS)] -= base
    chance = expit(theta[:, now])
    density = (theta[:, now] / 2 + log_expit(-theta[:, now])).sum(axis=1) - (ridge * apart**2).sum(axis=1) / 2
    pull = -ridge * apart
    pull[:, now] = 0.5 - chance
    ridge[:, now] = chance * (1 - chance)
    return density, pull, ridge
