"""Drift: is a planted change found, when, and is nothing found where nothing changed?

Beside it: a chi-square test of each transition, the first half of the days against the second, without correction.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from desireline.analyze import drift
from desireline.scorecard.measures import Measure, Score
from desireline.scorecard.methods import Method, Trial
from desireline.scorecard.second import dated
from desireline.scorecard.simulated import simulated
from desireline.scorecard.worlds import World

BASELINE = "chi_square"
FOUND = Measure("found", baseline=BASELINE)
DAYS_OFF = Measure("days_off", at_most=True, counted=False)
NOTHING = Measure("null_runs", bar=0.05, at_most=True, baseline=BASELINE)
LEVEL, LEAST_EXPECTED = 0.05, 5
DAY = 86_400.0


def scores(world: World, seed: int) -> Iterator[Score]:
    """How many planted changes are found, and how many days off their date is."""
    changes = drift.answer(world.scope, drift.DriftRequest(seed=seed)).changes
    usual = changed_halves(world)
    for planted in world.changes:
        dates = [c.since for c in changes if (c.from_, c.to) == (planted.source, planted.target)]
        yield Score(FOUND, bool(dates), baseline=(planted.source, planted.target) in usual)
        off = min((abs((date - planted.at).total_seconds()) / DAY for date in dates), default=0.0)
        yield Score(DAYS_OFF, off, float(bool(dates)))


def nothing(world: World, seed: int) -> Iterator[Score]:
    """Nothing changed: whoever finds a change is wrong."""
    found = drift.answer(world.scope, drift.DriftRequest(seed=seed))
    yield Score(NOTHING, bool(found.changes), baseline=bool(changed_halves(world)))


def changed_halves(world: World) -> set[tuple[str, str]]:
    """The transitions whose share differs between the halves at the level of .05, each by a test of its own."""
    from scipy.stats import chi2_contingency

    scope, names = world.scope, world.scope.event_names
    label = names.table[scope.code]
    leads = np.ones(len(label), np.bool_)
    leads[scope.offsets[1:] - 1] = False
    source = np.flatnonzero(leads)
    late = scope.time[source] > (scope.time.min() + scope.time.max()) // 2
    pairs = np.zeros((2, len(names.names), len(names.names)))
    np.add.at(pairs, (late.astype(int), label[source], label[source + 1]), 1)
    found = set()
    for a, b in np.argwhere(pairs.sum(axis=0) > 0).tolist():
        table = np.stack((pairs[:, a, b], pairs[:, a].sum(axis=1) - pairs[:, a, b]))
        if (table.sum(axis=0) > 0).all() and (table.sum(axis=1) > 0).all():
            test = chi2_contingency(table, correction=False)
            if test.expected_freq.min() >= LEAST_EXPECTED and test.pvalue < LEVEL:
                found.add((names.names[a], names.names[b]))
    return found


METHOD = Method(
    "drift",
    (
        Trial("simulator", simulated, scores),
        Trial("simulator", partial(simulated, effects="none"), nothing),
        Trial("second", dated, scores),
        Trial("second", partial(dated, planted=False), nothing),
    ),
)
