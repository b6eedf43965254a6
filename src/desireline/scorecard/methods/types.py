"""Types of journeys: who is of which kind, and how many kinds. Beside it: the same mixture from random starts."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from desireline.analyze import types
from desireline.analyze.mixtures.finding import Wanted, find
from desireline.analyze.mixtures.naive import random_start_em
from desireline.analyze.scope import I64
from desireline.analyze.staging import adjusted_rand
from desireline.scorecard.measures import Measure, Score
from desireline.scorecard.methods import Method, Trial
from desireline.scorecard.second import routes
from desireline.scorecard.simulated import simulated
from desireline.scorecard.worlds import World

BASELINE = "random_start_em"
ARI = Measure("ari", bar=0.8, counted=False, baseline=BASELINE, hard=False)
RIGHT = Measure("right_number", bar=0.8, baseline=BASELINE, from_people=3_000, hard=False)
COVERED = Measure("medoid_coverage", counted=False)
NOTHING = Measure("null_runs", bar=0.05, at_most=True, baseline=BASELINE)
MOST = 8


def scores(world: World, seed: int) -> Iterator[Score]:
    """Adjusted Rand index over all people, those that are of no type for sure being one group of their own."""
    truth = world.kinds
    assert truth is not None  # noqa: S101 worlds of this method have kinds
    asked = types.TypesRequest(seed=seed)
    result = types.answer(world.scope, asked)
    units, labels = types.labelled(world.scope, asked)
    theirs, of = _usual(world, seed)
    ours = agreement(truth[units], np.unique(labels, return_inverse=True)[1])
    planted = len(np.unique(truth[truth >= 0]))
    yield Score(ARI, ours, baseline=agreement(truth[of], theirs))
    yield Score(RIGHT, len(result.groups) == planted, baseline=theirs.max() + 1 == planted)
    many = sum(group.people for group in result.groups)
    yield Score(COVERED, sum(group.people * group.coverage for group in result.groups) / max(1, many))


def nothing(world: World, seed: int) -> Iterator[Score]:
    """One kind of people: whoever finds several is wrong."""
    found = types.answer(world.scope, types.TypesRequest(seed=seed))
    yield Score(NOTHING, found.stable, baseline=_usual(world, seed)[0].max() > 0)


def agreement(truth: I64, found: I64) -> float:
    """Adjusted Rand index, without those that are no people."""
    person = truth >= 0
    return adjusted_rand(truth[person], found[person])


def _usual(world: World, seed: int) -> tuple[I64, I64]:
    """The baseline's type of each journey of the sample, and whose journeys these are."""
    found = find(world.scope, world.scope.event_names, Wanted(False, None, MOST, seed))
    mixture = random_start_em(found.steps, MOST, seed)
    return np.unique(mixture.belonging.argmax(axis=1), return_inverse=True)[1], found.sample


METHOD = Method(
    "types",
    (Trial("simulator", simulated, scores), Trial("second", routes, scores),
     Trial("second", partial(routes, kinds=1), nothing)),
    quick_people=3_000,
)  # fmt: skip
