"""Goals lost at a touchpoint: what would have come after each visit, had it been like that after a typical touchpoint.

Fewer goals straight from the touchpoint are lost but for those who reach the goal later anyhow; of the journeys that
end there oftener those are lost that would have gone on to the goal. Ratios are those of the two tests, everything else
is counted. It speaks of the same people without the hindrance, at every visit, and of a hindrance that acts at its own
step: one that lasts on is seen in part. A comparison with others speaks of these others with whatever hinders them.
"""

from math import exp
from typing import NamedTuple

import numpy as np

from desireline.analyze.hazards.risk import Risk
from desireline.analyze.scope import I64, Bools
from desireline.model.intervals import Z

ONWARD, CONVERT, DROP, CONTACT = range(4)
"""Outcomes of a step, as `kernels.risk_rows` numbers them."""


class After(NamedTuple):
    """Of the steps at a touchpoint: after how many the goal and the end came, and who reached the goal later.

    `later` is the share of those that went on, `back` of those that ended (they may begin again).
    """

    converted: int
    dropped: int
    later: float
    back: float


class Effect(NamedTuple):
    """A log hazard ratio and its standard error."""

    log: float
    error: float


class Lost(NamedTuple):
    """Goals lost with their 95 % interval; below 0 they are gained."""

    goals: float
    low: float
    high: float


def after(risk: Risk, places: int) -> list[After]:
    """For each of the touchpoints tested."""
    outcome, units = risk.rows.outcome, len(risk.offsets) - 1
    unit = np.repeat(np.arange(units), np.diff(risk.offsets))
    reaches = np.zeros(units, np.bool_)
    reaches[unit[outcome == CONVERT]] = True
    steps = np.flatnonzero((risk.exposure >= 0) & (risk.exposure < places) & (outcome >= 0))
    at, came, won = risk.exposure[steps], outcome[steps], reaches[unit[steps]]

    def many(of: Bools) -> I64:
        return np.bincount(at[of], minlength=places)

    went = (came == ONWARD) | (came == CONTACT)
    later, back = (many(of & won) / np.maximum(many(of), 1) for of in (went, came == DROP))
    each = zip(many(came == CONVERT), many(came == DROP), later, back, strict=True)
    return [After(int(c), int(d), float(p), float(b)) for c, d, p, b in each]


def lost(seen: After, convert: Effect, drop: Effect) -> Lost:
    """By the hazard ratios of the goal and of the end; its error by the delta method, the two taken as independent.

    >>> lost(After(60, 90, 0.5, 0.0), Effect(np.log(0.6), 0.0), Effect(np.log(1.5), 0.0)).goals.__round__(6)
    35.0
    """
    few, many = seen.converted * (1 - seen.later), seen.dropped * (seen.later - seen.back)
    goals = few * (exp(-convert.log) - 1) + many * (1 - exp(-drop.log))
    error = ((few * exp(-convert.log) * convert.error) ** 2 + (many * exp(-drop.log) * drop.error) ** 2) ** 0.5
    return Lost(goals, goals - Z * error, goals + Z * error)
