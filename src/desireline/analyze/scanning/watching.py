"""What is watched of visits: coming straight back, going on to the next touchpoints, going on to the goal."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from desireline.analyze.goals import goal_codes
from desireline.analyze.scanning.outages import TroublesRequest
from desireline.analyze.scope import I64, Bools, Labels, Scope
from desireline.model.duration import parse_duration

if TYPE_CHECKING:
    from desireline.kernels.transitions import TransitionCounts
    from desireline.kernels.visits import Watch

MINUTE = 60_000_000
HOUR = 60 * MINUTE
LADDER = np.array([30 * MINUTE, HOUR, 6 * HOUR, 24 * HOUR, 72 * HOUR, 168 * HOUR])
"""How soon people go on, at the 90th percentile, is rounded up to one of these."""
TOUCHPOINTS, LEAST = 60, 100
"""So many touchpoints, the commonest, with so many events at least."""


class Watched(NamedTuple):
    """What the kernels watch, and what it is called.

    Attributes:
        watch: see `kernels.visits.Watch`.
        onward: of each kind and label the name of where they would go on to.
    """

    watch: "Watch"
    onward: list[list[str | None]]


def watched(scope: Scope, request: TroublesRequest, labels: Labels) -> Watched:
    """What to watch at the commonest touchpoints.

    Going on means that the next other touchpoint is one of the three that most more people move to than come back from;
    and to reach the goal, if one is asked for or defined.

    Raises:
        UnknownStep: there is no such goal.
        BadQuestion: `within` is no length of time.
    """
    from desireline.kernels.transitions import transitions
    from desireline.kernels.visits import GOAL, KINDS, LOOP, Watch

    n = len(labels.names)
    goal, called = _goal(scope, request)
    steps = transitions(scope.offsets, scope.time, scope.code, labels.table, n, collapse=True, medians=True)
    target, within = np.full((KINDS, n), -1, np.int32), np.zeros((KINDS, n), np.int64)
    within[LOOP] = parse_duration(request.within)
    onward: list[list[str | None]] = [[None] * n for _ in range(KINDS)]
    in_goal = np.bincount(labels.table[goal & (labels.table >= 0)], minlength=n) > 0
    for x in _commonest(scope, labels):
        target[LOOP, x] = x
        slowest = LADDER[3]
        for k, (y, wait) in enumerate(_next(steps, x, GOAL - 1), LOOP + 1):
            target[k, x], within[k, x], onward[k][x] = y, wait, labels.names[y]
            slowest = max(slowest, wait)
        if called is not None and not in_goal[x]:
            target[GOAL, x], within[GOAL, x], onward[GOAL][x] = 0, slowest, called
    return Watched(Watch(labels.table, goal, target, within), onward)


def _goal(scope: Scope, request: TroublesRequest) -> tuple[Bools, str | None]:
    """bool[codes] of all goals in question, and what they are called; None for no goal."""
    defined = [] if scope.definition is None or request.by_event_name else [g.name for g in scope.definition.goals]
    names = [request.goal] if request.goal is not None else defined
    found = np.zeros(len(scope.event_names.table), np.bool_)
    for name in names:
        found |= goal_codes(scope, name)
    return found, " | ".join(names) or None


def _commonest(scope: Scope, labels: Labels) -> list[int]:
    size = np.bincount(labels.table + 1, weights=scope.by_code, minlength=len(labels.names) + 1)[1:]
    order = np.argsort(-size, kind="stable")[:TOUCHPOINTS]
    return [int(x) for x in order if size[x] >= LEAST]


def _next(steps: "TransitionCounts", x: int, most: int) -> list[tuple[int, int]]:
    """Where most more people go on to than come back from, with how soon they do, in µs."""
    out, back = steps.source == x, steps.target == x
    net = np.zeros(int(max(steps.source.max(initial=0), steps.target.max(initial=0))) + 1, np.int64)
    there: I64 = np.zeros(len(net), np.int64)
    there[steps.target[out]] = steps.count[out]
    net += there
    net[steps.source[back]] -= steps.count[back]
    waits = np.zeros(len(net))
    if steps.times is not None:
        waits[steps.target[out]] = steps.times[1, out]
    order = [int(y) for y in np.argsort(-net, kind="stable")[:most] if net[y] > 0 and there[y] >= LEAST]
    return [(y, int(LADDER[min(int(np.searchsorted(LADDER, waits[y])), len(LADDER) - 1)])) for y in order]
