"""What a goal's name stands for in the event dictionary."""

import numpy as np
import numpy.typing as npt

from desireline.analyze.scope import Scope
from desireline.errors import UnknownStep


def goal_codes(scope: Scope, name: str) -> npt.NDArray[np.bool_]:
    """bool[codes]: the events that reach the goal: a goal of the definition, else a touchpoint, else an event name.

    Raises:
        UnknownStep: it is none of these.
    """
    goals = {g.name: g.touchpoints for g in scope.definition.goals} if scope.definition else {}
    if name in goals:
        return scope.touchpoints.codes_of(goals[name])
    for labels in (scope.touchpoints, scope.event_names):
        if name in labels.names:
            return labels.codes_of([name])
    raise UnknownStep(step=name, available=list(dict.fromkeys([*goals, *scope.labels_known()])))


def caveat_codes(scope: Scope) -> npt.NDArray[np.bool_]:
    """bool[codes]: events known only with a purchase, by their source or by the definition of their touchpoint."""
    touchpoints = scope.definition.touchpoints if scope.definition else []
    return scope.caveat | scope.touchpoints.codes_of([t.name for t in touchpoints if t.caveat is not None])
