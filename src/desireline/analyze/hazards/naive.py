"""What others do, kept beside ours as a baseline: whole journeys with and without a touchpoint, converted or not."""

from typing import NamedTuple

import numpy as np

from desireline.analyze.hazards.judging import false_discovery
from desireline.analyze.scope import F64, I64


class Seen(NamedTuple):
    """int64[touchpoints]: units that met it before the goal, and those of them that converted; and all units."""

    met: I64
    met_converted: I64
    units: int
    converted: int


def journey_g_test(seen: Seen) -> F64:
    """The q of a G-test of met or not against converted or not, over all touchpoints (Benjamini and Hochberg)."""
    from scipy.special import chdtrc

    table = _fourfold(seen).astype(np.float64)
    expected = table.sum(axis=2, keepdims=True) * table.sum(axis=1, keepdims=True) / seen.units
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = np.where(table > 0, table * np.log(table / expected), 0.0)
    return false_discovery(np.asarray(chdtrc(1, 2 * parts.sum(axis=(1, 2))), np.float64))


def odds_ratios(seen: Seen) -> F64:
    """float64[touchpoints]: odds of converting with against without, 1 added to every count (as PostHog does)."""
    table = _fourfold(seen) + 1.0
    return np.asarray(table[:, 0, 0] * table[:, 1, 1] / (table[:, 0, 1] * table[:, 1, 0]), np.float64)


def lowest_odds(seen: Seen, top: int = 10) -> list[int]:
    """The touchpoints with the lowest odds, of those that at least 25 units or 2 % of them met, whichever is less."""
    enough = seen.met >= min(25, 0.02 * seen.units)
    ratios = odds_ratios(seen)
    return [k for k in np.argsort(ratios).tolist() if enough[k] and ratios[k] < 1][:top]


def _fourfold(seen: Seen) -> I64:
    """int64[touchpoints, met or not, converted or not]."""
    rest, rest_converted = seen.units - seen.met, seen.converted - seen.met_converted
    met = np.stack((seen.met_converted, seen.met - seen.met_converted), axis=1)
    return np.stack((met, np.stack((rest_converted, rest - rest_converted), axis=1)), axis=1)
