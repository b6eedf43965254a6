"""Friction: which touchpoints hinder, at a false discovery rate of .05.

Beside it: whole journeys with and without a touchpoint, by a G-test with Benjamini and Hochberg's correction, and the
ten lowest odds ratios.
"""

from collections.abc import Iterator
from functools import partial

import numpy as np

from desireline.analyze import friction
from desireline.analyze.hazards.naive import Seen, journey_g_test, lowest_odds, odds_ratios
from desireline.scorecard.measures import Measure, Score
from desireline.scorecard.methods import Method, Trial
from desireline.scorecard.second import hindered
from desireline.scorecard.simulated import simulated
from desireline.scorecard.worlds import World

BASELINES = ("journey_g_test", "odds_top_10")
PRECISION = [Measure("precision", bar=0.95, baseline=b) for b in BASELINES]
RECALL = [Measure("recall", bar=0.65, baseline=b, from_people=10_000, hard=False) for b in BASELINES]
NOTHING = [Measure("null_runs", bar=0.05, at_most=True, baseline=b) for b in BASELINES]


def scores(world: World, seed: int) -> Iterator[Score]:  # noqa: ARG001 nothing is drawn at random
    """Of what is flagged how much is planted, and of what is planted how much is flagged."""
    found = flagged(world)
    for theirs, precision, recall in zip(accused(world), PRECISION, RECALL, strict=True):
        right, they_right = len(found & world.frictions), len(theirs & world.frictions)
        yield Score(precision, right, len(found), they_right, len(theirs))
        yield Score(recall, right, len(world.frictions), they_right)


def nothing(world: World, seed: int) -> Iterator[Score]:  # noqa: ARG001 nothing is drawn at random
    """Nothing hinders: whoever flags anything is wrong."""
    found = flagged(world)
    for theirs, measure in zip(accused(world), NOTHING, strict=True):
        yield Score(measure, bool(found), baseline=bool(theirs))


def flagged(world: World) -> set[str]:
    """What our answer calls an obstacle."""
    result = friction.answer(world.scope, friction.FrictionRequest(goal=world.goal))
    return {finding.touchpoint for finding in result.findings if finding.flagged}


def accused(world: World) -> tuple[set[str], set[str]]:
    """What the G-test and the odds ratios call one: q below .05 and lower odds with it, and the ten lowest."""
    seen, names = _seen(world)
    lower = (journey_g_test(seen) < 0.05) & (odds_ratios(seen) < 1)
    return {names[k] for k in np.flatnonzero(lower)}, {names[k] for k in lowest_odds(seen)}


def _seen(world: World) -> tuple[Seen, list[str]]:
    """Who met a touchpoint before the goal."""
    scope = world.scope
    name = scope.event_names.table[scope.code].astype(np.int64)
    goal = scope.event_names.names.index(world.goal)
    unit = np.repeat(np.arange(scope.units), np.diff(scope.offsets))
    first = np.full(scope.units, len(name))
    hits = np.flatnonzero(name == goal)
    np.minimum.at(first, unit[hits], hits)
    before = np.flatnonzero(np.arange(len(name)) < first[unit])
    pairs = np.unique(unit[before] * len(scope.event_names.names) + name[before])
    person, at = np.divmod(pairs, len(scope.event_names.names))
    many, won = len(scope.event_names.names), first < len(name)
    kept = np.delete(np.arange(many), goal)
    met, converted = np.bincount(at, minlength=many), np.bincount(at[won[person]], minlength=many)
    kept = kept[met[kept] > 0]
    seen = Seen(met[kept], converted[kept], scope.units, int(won.sum()))
    return seen, [scope.event_names.names[k] for k in kept]


METHOD = Method(
    "friction",
    (
        Trial("simulator", simulated, scores),
        Trial("simulator", partial(simulated, effects="none"), nothing),
        Trial("second", hindered, scores),
        Trial("second", partial(hindered, effect=False), nothing),
    ),
)
