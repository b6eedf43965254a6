"""A scope with fewer units: those that reach a goal, or those that do not."""

from dataclasses import replace

import numpy as np

from desireline.analyze.goals import goal_codes
from desireline.analyze.scope import Bools, Scope
from desireline.kernels.arrays import frozen
from desireline.kernels.gather import gather
from desireline.kernels.touching import units_touching


def reaching(scope: Scope, goal: str) -> Bools:
    """bool[units]: which units reach a goal.

    Raises:
        UnknownStep: there is no such goal, touchpoint or event.
    """
    return units_touching(scope.offsets, scope.code, goal_codes(scope, goal))


def narrowed(scope: Scope, keep: Bools) -> Scope:
    """The scope with the units for which `keep` (bool[units]) is true, all their events and no others."""
    lengths = np.diff(scope.offsets)
    events = np.flatnonzero(np.repeat(keep, lengths))
    return replace(
        scope,
        offsets=frozen(np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths[keep])))),
        time=frozen(gather(scope.time, events)),
        code=frozen(gather(scope.code, events)),
        arrival=frozen(gather(scope.arrival, events)),
        owner=frozen(scope.owner[keep]),
        position=frozen(events if scope.position is None else gather(scope.position, events)),
    )
