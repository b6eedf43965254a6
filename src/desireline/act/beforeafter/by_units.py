"""The same effect with units as the sample instead of days: wild cluster bootstrap.

Each unit's change (mean after less mean before) is one observation, so that whatever links its days does no harm
(Bertrand, Duflo and Mullainathan 2004). With few units the distribution of t comes from a wild bootstrap of the units'
influence on the effect, with Webb's six weights (Cameron, Gelbach and Miller 2008; Webb 2014).
"""

import numpy as np

from desireline.act.beforeafter.cohorts import Plan
from desireline.act.beforeafter.panel import F64, Panel
from desireline.model.before_after import ByUnits

LEAST = 5
"""Units on each side: below, resampling units says nothing."""
DRAWS = 999
WEBB = np.sqrt(np.array([0.5, 1.0, 1.5]))


def by_units(panel: Panel, plan: Plan, seed: int = 0) -> ByUnits | None:
    """The effect with its interval over units; None with under five units on a side, or one alone in its cohort.

    Args:
        panel: of the plan.
        plan: what is compared.
        seed: of the draws.
    """
    if plan.design == "single" or plan.treated < LEAST or plan.controls < LEAST:
        return None
    if min(min(len(one.treated), len(one.controls)) for one in plan.cohorts) < 2:
        return None
    effect, influence = _influences(panel, plan)
    n = int((np.abs(influence).sum(0) > 0).sum())
    error = float(np.sqrt(np.square(influence.sum(0)).sum()))
    if error == 0.0:
        return None
    rng = np.random.default_rng(seed)
    weights = rng.choice(np.concatenate((WEBB, -WEBB)), (DRAWS, influence.shape[1]))
    drawn = np.abs(_statistics(influence, weights, plan))
    half = float(np.quantile(drawn, 0.95)) * error
    p = float((1 + (drawn >= abs(effect) / error).sum()) / (1 + DRAWS))
    return ByUnits(effect=effect, low=effect - half, high=effect + half, p=p, clusters=n)


def _influences(panel: Panel, plan: Plan) -> tuple[float, F64]:
    """The effect, and float64[2 * cohorts, units]: what each unit adds to it as treated and as control."""
    rows, effect = np.zeros((2 * len(plan.cohorts), len(panel.units))), 0.0
    for k, one in enumerate(plan.cohorts):
        share = len(one.treated) / plan.treated
        window = panel.values[:, one.start - plan.before : one.start + plan.after]
        change = np.nanmean(window[:, plan.before :], axis=1) - np.nanmean(window[:, : plan.before], axis=1)
        for side, (members, sign) in enumerate(((one.treated, share), (one.controls, -share))):
            mean = change[members].mean()
            small = np.sqrt(len(members) / (len(members) - 1))
            effect += sign * float(mean)
            rows[2 * k + side, members] = sign * small * (change[members] - mean) / len(members)
    return effect, rows


def _statistics(influence: F64, weights: F64, plan: Plan) -> F64:
    """float64[draws]: t of each draw, its standard error found anew around the draw's own means."""
    found, spread = np.zeros(len(weights)), np.zeros((len(weights), influence.shape[1]))
    sides = [side for one in plan.cohorts for side in (one.treated, one.controls)]
    for row, members in zip(influence, sides, strict=True):
        drawn = weights[:, members] * row[members]
        found += drawn.sum(1)
        spread[:, members] += drawn - drawn.mean(1, keepdims=True)
    return np.asarray(found / np.sqrt(np.maximum(np.square(spread).sum(1), 1e-300)))
