"""Personas: who is of which kind, and nobody where there are none. Beside it: k-means and silhouette."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from desireline.analyze import personas
from desireline.analyze.grouping.measuring import measured
from desireline.analyze.grouping.naive import silhouette_means
from desireline.scorecard.measures import Measure, Score
from desireline.scorecard.methods import Method, Trial
from desireline.scorecard.methods.types import agreement
from desireline.scorecard.second import habits
from desireline.scorecard.simulated import simulated
from desireline.scorecard.worlds import World

BASELINE = "silhouette"
ARI = Measure("ari", bar=0.8, counted=False, baseline=BASELINE, from_people=5_000, hard=False)
RIGHT = Measure("right_number", baseline=BASELINE)
ABSTAINED = Measure("abstention", bar=0.95, baseline=BASELINE)


def scores(world: World, seed: int) -> Iterator[Score]:
    """Adjusted Rand index over all people; 0 where no stable groups are found."""
    truth = world.personas
    assert truth is not None  # noqa: S101 worlds of this method have personas
    asked = personas.PersonasRequest(seed=seed)
    units, labels = personas.labelled(world.scope, asked)
    usual = silhouette_means(measured(world.scope, asked), seed)
    ours = agreement(truth[units], np.unique(labels, return_inverse=True)[1]) if labels else 0.0
    planted = len(np.unique(truth[truth >= 0]))
    yield Score(ARI, ours, baseline=agreement(truth, usual))
    yield Score(RIGHT, len(set(labels) - {"mixed"}) == planted, baseline=usual.max() + 1 == planted)


def nothing(world: World, seed: int) -> Iterator[Score]:
    """One population; the baseline finds at least two groups, always."""
    asked = personas.PersonasRequest(seed=seed)
    found = personas.answer(world.scope, asked)
    usual = silhouette_means(measured(world.scope, asked), seed)
    yield Score(ABSTAINED, not found.stable, baseline=usual.max() == 0)


METHOD = Method(
    "personas",
    (Trial("simulator", simulated, scores), Trial("second", habits, scores),
     Trial("second", partial(habits, kinds=1), nothing)),
    quick_people=5_000,
)  # fmt: skip
