"""Cheapest alignment of a trace with the allowed paths of a plan, and what the deviations in it are.

A token that the plan expects costs nothing, an extra one 1, a step left out 1, or nothing if it is optional. While a
unit stays at a step, other touchpoints of the step cost nothing; the same one again, after something else, is extra.
"""

from typing import NamedTuple

import numpy as np

from desireline.kernels.arrays import I32, Bools, frozen
from desireline.kernels.compiled import compiled

FAR = 1 << 30
NOWHERE = -1


class Plan(NamedTuple):
    """Allowed paths over steps.

    Attributes:
        at: int32[paths + 1]; the steps of path p are steps[at[p]:at[p + 1]].
        steps: int32[places].
        pair: int32[steps, planned]: number of each touchpoint in each step, -1 where it is not part of the step.
        pairs: how many such numbers there are.
        required: int32[steps], 1 for steps that must happen, else 0; `toll`: int32[places], the same by place.
        fits: bool[planned, places], which touchpoint meets the step at which place.
        failing: how many touchpoints mark a failure; as tokens they follow the planned ones.
        labels: how many touchpoints there are in all.
    """

    at: I32
    steps: I32
    pair: I32
    pairs: int
    required: I32
    toll: I32
    fits: Bools
    failing: int
    labels: int


def plan_of(at: I32, steps: I32, pair: I32, required: I32, failing: int, labels: int) -> Plan:
    """The tables of a plan, in the form that kernels are compiled for."""
    fits, pairs = np.ascontiguousarray((pair >= 0)[steps].T), int((pair >= 0).sum())
    tolls = frozen(required[steps])
    return Plan(
        frozen(at), frozen(steps), frozen(pair), pairs, frozen(required), tolls, frozen(fits), failing, labels
    )  # fmt: skip


class Room(NamedTuple):
    """Arrays to work in, for traces of up to n tokens and paths of up to m places.

    Attributes:
        cost: int32[(n + 1) * (m + 1)], of the cheapest alignment of a prefix of the trace with one of the path.
        stay: int32, likewise, if the prefix ends at the step that its path ends with.
        place: int32[n], where in the path a token is, NOWHERE for those that are in no step of it.
        synced: bool[m], whether the place was met in its order.
    """

    cost: I32
    stay: I32
    place: I32
    synced: Bools


def room(n: int, m: int) -> Room:
    """Enough room for traces of n tokens and paths of m places."""
    size = (n + 1) * (m + 1)
    return Room(np.empty(size, np.int32), np.empty(size, np.int32), np.empty(n, np.int32), np.empty(m, np.bool_))


@compiled
def forward(tokens: I32, plan: Plan, path: int, cost: I32, stay: I32) -> int:
    """The cost of the cheapest alignment of all tokens with a whole path; fills both tables."""
    first, planned = plan.at[path], plan.pair.shape[1]
    m = plan.at[path + 1] - first
    toll = plan.toll[first : first + m]
    cost[0], stay[0] = 0, FAR
    for j in range(m):
        cost[j + 1], stay[j + 1] = cost[j] + toll[j], FAR
    for i in range(1, len(tokens) + 1):
        token, row, up = tokens[i - 1], i * (m + 1), (i - 1) * (m + 1)
        can_stay, can_fit = i > 1 and tokens[i - 2] != token, token < planned
        before, left = cost[up], cost[up] + 1
        cost[row], stay[row] = left, FAR
        for j in range(m):
            above, here = cost[up + j + 1], FAR
            left = min(above + 1, left + toll[j])
            if can_fit and plan.fits[token, first + j]:
                here = min(before, stay[up + j + 1]) if can_stay else before
                left = min(left, here)
            cost[row + j + 1], stay[row + j + 1], before = left, here, above
    total: int = cost[len(tokens) * (m + 1) + m]
    return total


@compiled
def reached(n: int, plan: Plan, path: int, cost: I32) -> int:
    """How many places of the path an open unit has come to: what comes after them in the alignment is not yet due."""
    first = plan.at[path]
    m = plan.at[path + 1] - first
    row, tail = n * (m + 1), 0
    found: int = m
    for j in range(m, -1, -1):
        if cost[row + j] + tail == cost[row + m]:
            found = j
        if j:
            tail += plan.toll[first + j - 1]
    return found


@compiled
def backward(tokens: I32, plan: Plan, path: int, end: int, at: Room) -> None:
    """Where each token is: the alignment that meets every step as early as it can."""
    first = plan.at[path]
    m = plan.at[path + 1] - first
    cost, stay = at.cost, at.stay
    at.synced[:m] = False
    i, j, staying = len(tokens), end, False
    while i > 0:
        row, up = i * (m + 1), (i - 1) * (m + 1)
        if not staying and cost[row + j] == cost[up + j] + 1:
            at.place[i - 1] = NOWHERE
            i -= 1
        elif not staying and j > 0 and cost[row + j] == cost[row + j - 1] + plan.toll[first + j - 1]:
            j -= 1
        else:
            at.place[i - 1] = j - 1
            at.synced[j - 1] = True
            staying = stay[row + j] != cost[up + j - 1]
            i, j = i - 1, j if staying else j - 1
    _place_extras(tokens, plan.fits, first, m, at)


@compiled
def _place_extras(tokens: I32, fits: Bools, first: int, m: int, at: Room) -> None:
    """Put extra tokens to the nearest step that they belong to, first of all one that was not met in its order."""
    here = -1
    for i in range(len(tokens)):
        if at.place[i] != NOWHERE:
            here = at.place[i]
            continue
        if tokens[i] >= len(fits):
            continue
        nearest = FAR
        for q in range(m):
            away = abs(q - here) + (m + 1 if at.synced[q] else 0)
            if fits[tokens[i], first + q] and away < nearest:
                at.place[i], nearest = q, away
