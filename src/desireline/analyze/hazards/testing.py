"""Test every exposure against every outcome: fit, adjust, compare, and hold the rate of false discoveries."""

from dataclasses import dataclass

import numpy as np

from desireline.analyze.hazards.fitting import Fit, fit
from desireline.analyze.hazards.judging import false_discovery, shrunk, two_sided, unevenness
from desireline.analyze.hazards.leaning import Effects, apart_from_leaning, plain
from desireline.analyze.hazards.risk import STEPS, Risk
from desireline.analyze.scope import F64, I64, Bools
from desireline.kernels.risk_tally import Tally, tally_steps

PEOPLE, EVENTS = 30, 5.0
"""Fewer people than this, or fewer events to be expected of them, and an exposure is not tested."""

LATER_STEPS = 500
"""Fewer steps after a journey's first than this, and what was met before cannot be adjusted for."""

STRUCTURE = 4.0
"""A wider range of log hazard ratios of what was met before is no leaning of people: touchpoints follow each other by
rule there, what was met says which one comes now, and the two cannot be told apart."""


@dataclass(frozen=True, eq=False)
class Tested:
    """By outcome and exposure: float64[outcomes, exposures], NaN where not tested.

    Attributes:
        tally: counts of steps, the pool of the rest as the last exposure.
        expected: events without a difference at the same step numbers.
        tested: bool, whether there was enough to test.
        effect, error: log hazard ratio and its standard error. shrunk: the same moved towards 0.
        p: of no difference. q: over all pairs tested, and over those of the outcome if that is higher: findings of one
            outcome do not make room for chance in another.
        uneven: float64[outcomes], see `judging.unevenness`.
        adjusted: bool[outcomes], whether what was met before is adjusted for.
    """

    tally: Tally
    expected: F64
    tested: Bools
    effect: F64
    error: F64
    shrunk: F64
    p: F64
    q: F64
    uneven: F64
    adjusted: Bools


def tested(risk: Risk, outcomes: int, group: I64) -> Tested:
    """Test all exposures against all outcomes.

    Args:
        risk: steps at risk.
        outcomes: how many, from 1.
        group: int64[exposures], which are compared with each other, such as those of one stage.
    """
    tally = tally_steps(risk.offsets, risk.exposure, risk.rows.outcome, risk.step_bin, risk.kinds, len(STEPS), outcomes)
    steps, expected = tally.steps.sum(axis=(1, 2)), _expected(tally)
    enough = (tally.people >= PEOPLE) & (expected >= EVENTS)
    enough[:, -1] = False
    enough &= enough.sum(axis=1, keepdims=True) > 1
    later = int((risk.rows.step[risk.rows.outcome >= 0] > 1).sum()) >= LATER_STEPS
    shape = (outcomes, risk.kinds)
    effect, error, moved, p = (np.full(shape, np.nan) for _ in range(4))
    uneven, adjusted = np.ones(outcomes), np.full(outcomes, later)
    if enough.any():
        weight, groups = np.where(np.arange(risk.kinds) < risk.kinds - 1, steps, 0).astype(float), np.r_[group, -1]
        for y, (found, adjusted[y]) in enumerate(_effects(risk, outcomes, weight, groups, enough, later=later)):
            some = enough[y]
            effect[y, some], error[y, some] = found.value[some], found.error[some]
            z = found.value[some] / found.error[some]
            uneven[y] = unevenness(z)
            p[y, some] = two_sided(z / np.sqrt(uneven[y]))
            moved[y, some] = shrunk(found.value[some], found.error[some] * np.sqrt(uneven[y]))
    q = np.full(shape, np.nan)
    q[enough] = false_discovery(p[enough])
    for y in np.flatnonzero(enough.any(axis=1)).tolist():
        q[y, enough[y]] = np.maximum(q[y, enough[y]], false_discovery(p[y, enough[y]]))
    return Tested(tally, expected, enough, effect, error, moved, p, q, uneven, adjusted)


def _effects(
    risk: Risk, outcomes: int, weight: F64, group: I64, enough: Bools, *, later: bool
) -> list[tuple[Effects, bool]]:
    """By outcome; and whether what was met before could be adjusted for."""
    steps, listed = risk.steps(compared=True), []
    adjusted = fit(steps, risk.kinds, outcomes, met=True) if later else None
    alone: Fit | None = None
    for y in range(outcomes):
        own = np.where(enough[y], weight, 0.0)
        met = None if adjusted is None or adjusted.met is None else adjusted.met[y]
        if adjusted is not None and met is not None and _range(met[own > 0]) < STRUCTURE:
            told = apart_from_leaning(adjusted.now[y], met, adjusted.robust[y], adjusted.model[y], own, group)
            listed.append((told, True))
            continue
        alone = alone or fit(steps, risk.kinds, outcomes, met=False)
        listed.append((plain(alone.now[y], alone.robust[y], alone.model[y], own, group), False))
    return listed


def _range(values: F64) -> float:
    return float(values.max() - values.min()) if len(values) else 0.0


def _expected(tally: Tally) -> F64:
    """float64[outcomes, exposures]: events if every step of a number had the same chance."""
    steps, by_bin = tally.steps.sum(axis=2), tally.steps.sum(axis=0)
    rate = by_bin[:, 1:] / np.maximum(by_bin.sum(axis=1, keepdims=True), 1)
    return np.asarray((steps @ rate).T, np.float64)
