"""Stages: do touchpoints get the stage they were planted in? Beside it: cut at their mean relative position."""

from collections.abc import Iterator

import numpy as np

from desireline.analyze import stages
from desireline.analyze.scope import F64
from desireline.analyze.staging import adjusted_rand
from desireline.analyze.trophic import segments
from desireline.scorecard.measures import Measure, Score
from desireline.scorecard.methods import Method, Trial
from desireline.scorecard.second import routes
from desireline.scorecard.simulated import simulated
from desireline.scorecard.worlds import World

ARI = Measure("ari", bar=0.9, counted=False, baseline="mean_position")


def scores(world: World, seed: int) -> Iterator[Score]:
    """Adjusted Rand index over touchpoints that have a planted stage and were found."""
    k = len(set(world.stages.values()))
    asked = stages.StagesRequest(k=k, seed=seed)
    named, labels = stages.labelled(world.scope, asked)
    known = [i for i, name in enumerate(named) if name in world.stages]
    truth = np.array([world.stages[named[i]] for i in known])
    position = dict(zip(world.scope.event_names.names, mean_positions(world), strict=True))
    usual = segments(np.array([position[named[i]] for i in known]), k)
    yield Score(
        ARI, adjusted_rand(truth, np.unique([labels[i] for i in known], return_inverse=True)[1]),
        baseline=adjusted_rand(truth, usual),
    )  # fmt: skip


def mean_positions(world: World) -> F64:
    """float64[names]: the mean place of a name's events in their journeys, from 0 for the first to 1 for the last."""
    scope = world.scope
    length = np.diff(scope.offsets)
    place = np.arange(len(scope.code)) - np.repeat(scope.offsets[:-1], length)
    part = place / np.maximum(np.repeat(length, length) - 1, 1)
    name = scope.event_names.table[scope.code]
    many = np.bincount(name, minlength=len(scope.event_names.names))
    found: F64 = np.bincount(name, part, minlength=len(many)) / np.maximum(many, 1)
    return found


METHOD = Method("stages", (Trial("simulator", simulated, scores), Trial("second", routes, scores)))
