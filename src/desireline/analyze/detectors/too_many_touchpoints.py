"""Too many touchpoints before the goal: more than twice the median of those who reach it, and three more than it.

Counted are a unit's touchpoints since its last silence that ends a journey. Who does not reach the goal does not count.
"""

import numpy as np

from desireline.analyze.detectors.material import Material, Signs
from desireline.analyze.detectors.model import Reason
from desireline.analyze.goals import goal_codes

TIMES, MORE = 2, 3


def find(material: Material) -> Signs | Reason:
    """The goals that were long in coming."""
    from desireline.kernels.endings import before_goal

    scope, goals = material.scope, material.scope.definition.goals if material.scope.definition else []
    name = material.request.goal or (goals[0].name if goals else None)
    if name is None:
        return "no_goal"
    goal = goal_codes(scope, name) & (material.labels.table >= 0)
    row, before = before_goal(scope.offsets, scope.time, scope.code, material.labels.table, goal, scope.gap)
    reached = row >= 0
    chance, hit = np.zeros((2, len(scope.time)), np.bool_)
    if reached.any():
        median = float(np.median(before[reached]))
        chance[row[reached]] = True
        hit[row[reached & (before > TIMES * median) & (before >= median + MORE)]] = True
    return Signs(hit, chance)
