"""Funnels in order with optional steps, limits between steps and exclusions, or with nothing else between.

A chain is a run of events e1 < e2 < … of a unit, one for each of some steps in ascending order, no required step left
out. For a step and an event that can be it, all that later events need to know is the chain with the latest first
event: where another chain fits, that one fits as well (replace the other's beginning by its own), and the later of two
such events never has the earlier first event. So one chain is kept for each step: that of its latest event.
"""

from typing import NamedTuple

import numpy as np

from desireline.kernels.arrays import I32, I64
from desireline.kernels.compiled import compiled
from desireline.kernels.funnel import BLOCK, matching
from desireline.kernels.funnel_rules import ALL, EXCLUDED, FIRST, LAST, STEP, Events, Reached, Rows, Rules, Values, walk


class State(NamedTuple):
    """The chains of the present unit; positions before its first event are left from others and mean none.

    Attributes:
        first, last: int64[values, steps], positions of the chain's first event and of that of the step.
        value: int32[values, steps].
        row: int64[values], the row that was made last for a value.
        excluded: int64[exclusions], the latest event of each.
    """

    first: I64
    last: I64
    value: I32
    row: I64
    excluded: I64


@compiled
def _state(rules: Rules, values: Values) -> State:
    shape = (values.many + 1 if values.way == ALL else 1, len(rules.back))
    first, last, value = np.full(shape, -1, np.int64), np.full(shape, -1, np.int64), np.full(shape, -1, np.int32)
    return State(first, last, value, np.full(shape[0], -1, np.int64), np.full(len(rules.after), -1, np.int64))


@compiled
def _broken(rules: Rules, excluded: I64, p: int, k: int, last: int) -> bool:
    """Whether an excluded event lies after `last`, where it must not between steps p and k."""
    broken = False
    for x in range(len(excluded)):
        broken |= excluded[x] > last and rules.after[x] <= p and k <= rules.before[x]
    return broken


@compiled
def _previous(
    time: I64, rules: Rules, state: State, many: int, k: int, at: int, begin: int, labelled: int
) -> tuple[int, int]:
    """The step before k in the chain that counts if event `at` is step k, and its first event; -1 if none fits."""
    best, since, latest = -1, -1, -1
    for p in range(rules.back[k], k):
        first, last = state.first[many, p], state.last[many, p]
        if last < begin or (rules.strict and last != labelled):
            continue
        if first < since or (first == since and last <= latest):
            continue
        if rules.gap[k] >= 0 and time[at] - time[last] > rules.gap[k]:
            continue
        if rules.within >= 0 and time[at] - time[first] > rules.within:
            continue
        if len(state.excluded) and _broken(rules, state.excluded, p, k, last):
            continue
        best, since, latest = p, first, last
    return best, since


@compiled
def _value(values: Values, at: int, k: int, inherited: int) -> int:
    """The value of a chain that event `at` extends as step k."""
    if values.way == FIRST:
        return inherited if inherited >= 0 else values.group[at]
    if values.way == LAST:
        return values.group[at] if values.group[at] >= 0 else inherited
    if values.way == STEP:
        return values.group[at] if values.step == k else inherited
    return values.group[at] if values.way == ALL else -1


@compiled
def _record(time: I64, state: State, many: int, k: int, at: int, before: int, unit: int, rows: Rows) -> None:
    """Event `at` completes a chain of step k: note it if it is the unit's first to do so."""
    row = state.row[many]
    if k == 0 and (row < 0 or rows.unit[row] != unit):
        row = rows.counts[-1]
        state.row[many] = row
        rows.counts[-1] += 1
        rows.unit[row], rows.steps[row] = unit, 0
    if (rows.steps[row] >> k) & 1:
        return
    first = state.first[many, k]
    n = rows.counts[k]
    rows.wait_row[k, n] = row
    rows.wait[k, n], rows.since[k, n] = time[at] - time[first], time[at] - time[before]
    rows.counts[k] += 1
    if rows.steps[row] >> k == 0:
        rows.entry[row], rows.group[row] = time[first], state.value[many, k]
    rows.steps[row] |= np.uint32(1 << k)


@compiled
def _advance(
    time: I64, rules: Rules, values: Values, state: State, bits: int, at: int, unit: int, begin: int, labelled: int,
    rows: Rows,
) -> None:  # fmt: skip
    """Extend chains by event `at`, longest first, so that it serves one step of each chain only."""
    many = values.group[at] + 1 if values.way == ALL else 0
    for k in range(len(rules.back) - 1, -1, -1):
        if not (bits >> k) & 1:
            continue
        before, first, inherited = at, at, -1
        if k:
            p, first = _previous(time, rules, state, many, k, at, begin, labelled)
            if p < 0:
                continue
            before, inherited = state.last[many, p], state.value[many, p]
        state.first[many, k], state.last[many, k] = first, at
        state.value[many, k] = _value(values, at, k, inherited)
        _record(time, state, many, k, at, before, unit, rows)


@compiled
def _chains(events: Events, rules: Rules, values: Values, lo: int, hi: int, rows: Rows) -> None:
    found = np.empty(BLOCK + 1, np.int64)
    state = _state(rules, values)
    steps = len(rules.back)
    wanted, complete = (1 << steps) - 1, np.uint32((1 << steps) - 1)
    unit, begin, end = lo, events.offsets[lo], events.offsets[lo + 1]
    seen, labelled = 0, -1
    for block in range(events.offsets[lo], events.offsets[hi], BLOCK):
        n = matching(events.code, rules.mask, block, min(block + BLOCK, events.offsets[hi]), found)
        for f in range(n):
            at = found[f]
            while at >= end:
                unit += 1
                begin, end, seen = end, events.offsets[unit + 1], 0
            row = state.row[0]
            if values.way != ALL and row >= 0 and rows.unit[row] == unit and rows.steps[row] == complete:
                continue
            mask = int(rules.mask[events.code[at]])
            bits = mask & wanted & ~(seen & rules.ever)
            seen |= mask & wanted
            if bits:
                _advance(events.time, rules, values, state, bits, at, unit, begin, labelled, rows)
            for x in range(len(state.excluded)):
                if (mask >> (EXCLUDED + x)) & 1:
                    state.excluded[x] = at
            labelled = at


def chains(events: Events, rules: Rules, values: Values) -> Reached:
    """Who reaches each step, by chains in order.

    Of several chains, a step counts the one that ends first; of those, the one with the latest first event; then, from
    its end backwards, the latest event and the earlier of two steps that it can be.
    """
    return walk(_chains, events, rules, values)
