"""Cheapest alignment of a trace with the allowed paths of a plan, and what the deviations in it are.

A token that the plan expects costs nothing, an extra one 1, a step left out 1, or nothing if it is optional. Another
touchpoint of the same step goes on with the visit and costs nothing, in the order of the plan or out of it; the same
one again, after something else, is another visit. Of equally cheap alignments the one that meets most steps counts.
"""

from typing import NamedTuple

import numpy as np

from desireline.kernels.arrays import I32, Bools, frozen
from desireline.kernels.compiled import compiled

FAR = 1 << 30
UNIT = 1 << 15
"""A cost of 1; each step that is met takes 1 off."""

NOWHERE = -1


class Plan(NamedTuple):
    """Allowed paths over steps.

    Attributes:
        at: int32[paths + 1]; the steps of path p are steps[at[p]:at[p + 1]].
        steps: int32[places].
        pair: int32[steps, planned]: number of each touchpoint in each step, -1 where it is not part of the step.
        pairs: how many such numbers there are.
        required: int32[steps], 1 for steps that must happen, else 0; `toll`: int32[places], what leaving it out costs.
        fits: bool[planned, places], which touchpoint meets the step at which place.
        kin: bool[planned, planned], which touchpoints are part of one step.
        joined: whether a step has several touchpoints; otherwise no visit goes on, and two tables are not needed.
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
    kin: Bools
    joined: bool
    failing: int
    labels: int


def plan_of(at: I32, steps: I32, pair: I32, required: I32, failing: int, labels: int) -> Plan:
    """The tables of a plan, in the form that kernels are compiled for."""
    part_of = pair >= 0
    fits, kin = np.ascontiguousarray(part_of[steps].T), (part_of.T.astype(np.int32) @ part_of) > 0
    return Plan(
        frozen(at), frozen(steps), frozen(pair), int(part_of.sum()), frozen(required), frozen(required[steps] * UNIT),
        frozen(fits), frozen(kin), bool(part_of.sum(1).max(initial=0) > 1), failing, labels,
    )  # fmt: skip


class Room(NamedTuple):
    """Arrays to work in, for traces of up to n tokens and paths of up to m places.

    Attributes:
        cost: int32[(n + 1) * (m + 1)], of the cheapest alignment of a prefix of the trace with one of the path.
        stay: int32, likewise, if the prefix ends at the step that its path ends with.
        stray: int32, likewise, if the prefix ends with an extra token.
        place: int32[n], where in the path a token is, NOWHERE for those that are in no step of it.
        synced: bool[m], whether the place was met in its order.
    """

    cost: I32
    stay: I32
    stray: I32
    place: I32
    synced: Bools


def room(n: int, m: int) -> Room:
    """Enough room for traces of n tokens and paths of m places."""
    size = (n + 1) * (m + 1)
    cost, stay, stray = (np.empty(size, np.int32) for _ in range(3))
    return Room(cost, stay, stray, np.empty(n, np.int32), np.empty(m, np.bool_))


@compiled
def forward(tokens: I32, plan: Plan, path: int, at: Room) -> int:
    """The cost of the cheapest alignment of all tokens with a whole path; fills the tables."""
    first, planned, cost, stay, stray = plan.at[path], len(plan.fits), at.cost, at.stay, at.stray
    m = plan.at[path + 1] - first
    cost[0], stay[0], stray[0] = 0, FAR, FAR
    for j in range(1, m + 1):
        cost[j], stay[j], stray[j] = cost[j - 1] + plan.toll[first + j - 1], FAR, FAR
    for i in range(1, len(tokens) + 1):
        token, row, up = tokens[i - 1], i * (m + 1), (i - 1) * (m + 1)
        is_planned, last = token < planned, tokens[max(i - 2, 0)]
        goes_on = is_planned and last < planned and last != token and plan.kin[token, last]
        before, left = FAR, FAR
        for j in range(m + 1):
            extra, here = cost[up + j] + UNIT, FAR
            if goes_on:
                extra = min(extra, stray[up + j])
            left = min(extra, left + plan.toll[first + j - 1]) if j else extra
            if j and is_planned and plan.fits[token, first + j - 1]:
                here = min(before - 1, stay[up + j]) if goes_on else before - 1
                left = min(left, here)
            before = cost[up + j]
            cost[row + j] = left
            if plan.joined:
                stay[row + j], stray[row + j] = here, extra
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
    cost, stay, stray = at.cost, at.stay, at.stray
    at.synced[:m] = False
    i, j, staying, straying = len(tokens), end, False, False
    while i > 0:
        row, up = i * (m + 1), (i - 1) * (m + 1)
        is_extra = cost[row + j] == (stray[row + j] if plan.joined else cost[up + j] + UNIT)
        if straying or (not staying and is_extra):
            at.place[i - 1] = NOWHERE
            straying = plan.joined and stray[row + j] != cost[up + j] + UNIT
            i -= 1
        elif not staying and j > 0 and cost[row + j] == cost[row + j - 1] + plan.toll[first + j - 1]:
            j -= 1
        else:
            at.place[i - 1] = j - 1
            at.synced[j - 1] = True
            staying = plan.joined and stay[row + j] != cost[up + j - 1] - 1
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
