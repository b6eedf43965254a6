"""Deviations from a plan, counted by cell: distinct traces are aligned once, each for all units that have it."""

from typing import NamedTuple

import numpy as np

from desireline.kernels.alignment import NOWHERE, UNIT, Plan, Room, backward, forward, reached, room
from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.condensing import Condensed
from desireline.kernels.pool import WORKERS, each, ranges

DUE, DONE, UNFIT = 1, 2, 4

FEW = 2_000
"""Distinct traces below which handing work to another thread costs more than it saves."""


class Cells(NamedTuple):
    """Where the cells of each kind begin. "After" is the step before, from 1, 0 for none.

    Attributes:
        missing: step * (steps + 1) + after, in the path.
        irregular: (pair of step and touchpoint) * (steps + 1) + after, in the trace.
        failed: likewise; (pairs + step * failing + failing touchpoint) where a failing touchpoint says so.
        ad_hoc: touchpoint * (steps + 1) + after, in the trace.
        due: by step, units that should have done it by now or did; `conforming`: did it as planned; `done`: at all.
        paths: by path, units that it is the nearest to.
        end: how many cells there are.
    """

    missing: int
    irregular: int
    failed: int
    ad_hoc: int
    due: int
    conforming: int
    done: int
    paths: int
    end: int


def cells(plan: Plan) -> Cells:
    """The cells of a plan."""
    steps, after = len(plan.required), len(plan.required) + 1
    sizes = [
        steps * after, plan.pairs * after, (plan.pairs + steps * plan.failing) * after, plan.labels * after,
        steps, steps, steps, len(plan.at) - 1,
    ]  # fmt: skip
    return Cells(0, *np.cumsum(sizes).tolist())


class Tally(NamedTuple):
    """Counts by cell: how often, and units. `last`: the last trace counted there: each counts its units once."""

    times: I64
    people: I64
    last: I64


class Attempts(NamedTuple):
    """What became of each place of a path in a trace: int32[places].

    Attributes:
        token: the first token of the last attempt, -1 without any.
        after: the step before that attempt, from 1.
        marked: whether a failing touchpoint has said that it failed.
        failures: attempts that failed.
        step: int32[steps], whether each was DUE, DONE, and whether it was UNFIT wherever it was due.
    """

    token: I32
    after: I32
    marked: I32
    failures: I32
    step: I32


@compiled
def _note(tally: Tally, cell: int, trace: int, units: int) -> None:
    tally.times[cell] += units
    if tally.last[cell] != trace:
        tally.last[cell] = trace
        tally.people[cell] += units


@compiled
def _attempts(
    tokens: I32, plan: Plan, first: int, at: Room, tries: Attempts, layout: Cells, trace: int, units: int, tally: Tally
) -> None:
    """Walk the trace: count failures and what the path does not know, and keep the last attempt at every place."""
    planned, across, before = plan.pair.shape[1], len(plan.required) + 1, NOWHERE
    for i in range(len(tokens)):
        q, token = at.place[i], tokens[i]
        after = plan.steps[first + before] + 1 if before != NOWHERE else 0
        if q != NOWHERE:
            step = plan.steps[first + q]
            if i and at.place[i - 1] == q and tokens[i - 1] != token:
                continue
            if tries.token[q] >= 0 and not tries.marked[q]:
                tries.failures[q] += 1
                pair = plan.pair[step, tokens[tries.token[q]]]
                _note(tally, layout.failed + pair * across + tries.after[q], trace, units)
            tries.token[q], tries.after[q], tries.marked[q] = i, after, 0
            before = q
        elif token >= planned and before != NOWHERE:
            if not tries.marked[before]:
                tries.marked[before] = 1
                tries.failures[before] += 1
                mark = plan.pairs + plan.steps[first + before] * plan.failing + token - planned
                _note(tally, layout.failed + mark * across + tries.after[before], trace, units)
        else:
            _note(tally, layout.ad_hoc + token * across + after, trace, units)


@compiled
def _judge(
    tokens: I32, plan: Plan, path: int, end: int, at: Room, tries: Attempts, layout: Cells, trace: int, units: int,
    tally: Tally,
) -> None:  # fmt: skip
    first, across = plan.at[path], len(plan.required) + 1
    m = plan.at[path + 1] - first
    tries.token[:m], tries.marked[:m], tries.failures[:m], tries.step[:] = -1, 0, 0, 0
    _attempts(tokens, plan, first, at, tries, layout, trace, units, tally)
    for q in range(m):
        step, tried = plan.steps[first + q], tries.token[q] >= 0
        if not tried and (q >= end or not plan.required[step]):
            continue
        fits = tried and at.synced[q] and not tries.failures[q]
        tries.step[step] |= DUE + (DONE if tried else 0) + (0 if fits else UNFIT)
        if not tried:
            after = plan.steps[first + q - 1] + 1 if q else 0
            _note(tally, layout.missing + step * across + after, trace, units)
        elif not at.synced[q]:
            pair = plan.pair[step, tokens[tries.token[q]]]
            _note(tally, layout.irregular + pair * across + tries.after[q], trace, units)
    tally.people[layout.paths + path] += units
    for step in range(len(tries.step)):
        state = tries.step[step]
        tally.people[layout.due + step] += units if state & DUE else 0
        tally.people[layout.done + step] += units if state & DONE else 0
        tally.people[layout.conforming + step] += units if state & DUE and not state & UNFIT else 0


@compiled
def _nearest(tokens: I32, plan: Plan, is_open: bool, at: Room) -> tuple[int, int, int]:
    """The path that costs least, what it costs, and how many of its places are due; tables are left filled for it.

    Equal ones: the one with most steps met, then the one that costs less if the unit comes no further, then the first.
    """
    best, least, whole, end = -1, 1 << 30, 1 << 30, 0
    for p in range(len(plan.at) - 1):
        m = plan.at[p + 1] - plan.at[p]
        total = forward(tokens, plan, p, at)
        places = reached(len(tokens), plan, p, at.cost) if is_open else m
        cost: int = at.cost[len(tokens) * (m + 1) + places]
        if cost < least or (cost == least and total < whole):
            best, least, whole, end = p, cost, total, places
    if best != len(plan.at) - 2:
        forward(tokens, plan, best, at)
    return best, (least + UNIT - 1) // UNIT, end


@compiled
def _align(
    starts: I64, tokens: I32, traces: I64, units: I64, plan: Plan, layout: Cells, wanted: int, lo: int, hi: int,
    at: Room, tries: Attempts, tally: Tally, cost: I32, step: I32, found: Bools,
) -> None:  # fmt: skip
    mark = plan.pair.shape[1] + plan.failing
    for k in range(lo, hi):
        u, had = traces[k], tally.people[wanted]
        own = tokens[starts[u] + 1 : starts[u + 1]]
        path, cost[k], end = _nearest(own, plan, tokens[starts[u]] > mark, at)
        backward(own, plan, path, end, at)
        _judge(own, plan, path, end, at, tries, layout, k, units[k], tally)
        for i in range(len(own)):
            q = at.place[i]
            step[starts[u] + 1 + i] = NOWHERE if q == NOWHERE else plan.steps[plan.at[path] + q]
        found[k] = tally.people[wanted] > had


class Aligned(NamedTuple):
    """Every distinct trace, aligned.

    Attributes:
        times: int64[cells], how often; `people`: int64[cells], units.
        cost: int32[traces], of the tokens; each other touchpoint of a unit costs 1 more.
        step: int32[tokens], the step of each token of a trace's first unit, NOWHERE for those of none.
        found: bool[traces], who is in the wanted cell.
    """

    times: I64
    people: I64
    cost: I32
    step: I32
    found: Bools


def align(condensed: Condensed, traces: I64, units: I64, plan: Plan, wanted: int = -1) -> Aligned:
    """Align each distinct trace with its nearest path.

    Args:
        condensed: the tokens.
        traces: int64[traces], the first unit with each trace.
        units: int64[traces], how many units have it.
        plan: what is allowed.
        wanted: a cell whose traces are to be found.
    """
    layout = cells(plan)
    starts, tokens = frozen(condensed.starts), frozen(condensed.tokens)
    traces, units = frozen(traces), frozen(units)
    longest = int((starts[traces + 1] - starts[traces]).max(initial=1))
    most, steps = int(np.diff(plan.at).max()), len(plan.required)
    cost, step = np.empty(len(traces), np.int32), np.full(len(tokens), NOWHERE, np.int32)
    found = np.zeros(len(traces), np.bool_)

    def part(lo: int, hi: int) -> tuple[I64, I64]:
        tries = Attempts(*(np.zeros(n, np.int32) for n in (most, most, most, most, steps)))
        times, people = np.zeros(layout.end, np.int64), np.zeros(layout.end, np.int64)
        tally = Tally(times, people, np.full(layout.end, -1, np.int64))
        at = room(longest, most)
        _align(starts, tokens, traces, units, plan, layout, wanted, lo, hi, at, tries, tally, cost, step, found)
        return times, people

    parts = each(part, ranges(len(traces), WORKERS * 4 if len(traces) > FEW else 1))
    times, people = (np.sum(column, axis=0) for column in zip(*parts, strict=True))
    return Aligned(times, people, cost, frozen(step), found)
