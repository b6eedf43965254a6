"""Funnels in order with optional steps, limits between steps and exclusions, or with nothing else between.

A chain is a run of events e1 < e2 < … of a unit, one for each of some steps in ascending order, no required step left
out. For a step and an event that can be it, all that later events need to know is the chain with the latest first
event: where another chain fits, that one fits as well (replace the other's beginning by its own), and the later of two
such events never has the earlier first event. So one chain is kept for each step: that of its latest event.
"""

import numpy as np

from desireline.kernels.arrays import I32, I64, Bools
from desireline.kernels.compiled import compiled
from desireline.kernels.funnel import BLOCK, matching
from desireline.kernels.funnel_rules import (
    AFTER,
    ALL,
    BACK,
    BEFORE,
    EXCLUDED,
    FIRST,
    GAP,
    GROUP,
    LAST,
    STEP,
    Events,
    Reached,
    Rows,
    Rules,
    Values,
    enter,
    note,
    walk,
)  # fmt: skip

START, LATEST, VALUE = range(3)
"""Rows of the chains that are kept: positions of the first event and of that of the step, and the value.

A position before the present unit's first event is left from another unit and means that there is no chain.
"""


@compiled
def _broken(ranges: I64, excluded: I64, p: int, k: int, last: int) -> bool:
    """Whether an excluded event lies after `last`, where it must not between steps p and k."""
    broken = False
    for x in range(len(excluded)):
        broken |= excluded[x] > last and ranges[AFTER, x] <= p and k <= ranges[BEFORE, x]
    return broken


@compiled
def _nearest(code: I32, between: Bools, at: int, begin: int) -> int:
    """The last event before `at` that may not lie between neighbours, `begin` if there is none in the unit."""
    for i in range(at - 1, begin, -1):
        if between[code[i]]:
            return i
    return begin


@compiled
def _previous(
    time: I64, by_step: I64, ranges: I64, within: int, kept: I64, excluded: I64, many: int, k: int, at: int, begin: int
) -> int:
    """The step before k in the chain that counts if event `at` is step k; -1 if none fits.

    `begin`: the earliest position that the step before may have.
    """
    best, since, latest = -1, -1, -1
    for p in range(by_step[BACK, k], k):
        first, last = kept[many, START, p], kept[many, LATEST, p]
        if last < begin or first < since or (first == since and last <= latest):
            continue
        if by_step[GAP, k] >= 0 and time[at] - time[last] > by_step[GAP, k]:
            continue
        if within >= 0 and time[at] - time[first] > within:
            continue
        if len(excluded) and _broken(ranges, excluded, p, k, last):
            continue
        best, since, latest = p, first, last
    return best


@compiled
def _follow(by_step: I64) -> I64:
    """Bits of the steps that can come next in a chain after each step."""
    steps = by_step.shape[1]
    follow = np.zeros(steps, np.int64)
    for k in range(1, steps):
        for p in range(by_step[BACK, k], k):
            follow[p] |= 1 << k
    return follow


@compiled
def _after(follow: I64, steps: int) -> int:
    """Bits of the steps that can come next after any of some."""
    ready = 0
    for k in range(len(follow)):
        if (steps >> k) & 1:
            ready |= follow[k]
    return ready


@compiled
def _exclude(mask: int, excluded: I64, at: int) -> None:
    """Event `at` is the latest of the exclusions in its mask."""
    for x in range(len(excluded)):
        if (mask >> (EXCLUDED + x)) & 1:
            excluded[x] = at


@compiled
def _value(way: int, here: int, is_step: bool, inherited: int) -> int:
    """The value of a chain after an event whose value is `here`, whether or not that is the step that says it."""
    if way == FIRST:
        return inherited if inherited >= 0 else here
    if way == LAST:
        return here if here >= 0 else inherited
    if way == STEP:
        return here if is_step else inherited
    return here


@compiled
def _serve(
    time: I64, by_step: I64, ranges: I64, within: int, way: int, step: int, value: int, kept: I64, excluded: I64,
    made: I64, waits: I64, counts: I64, own: int, row: int, bits: int, at: int, begin: int,
) -> int:  # fmt: skip
    """Lengthen chains by event `at`, the longest first, so that it serves one step of each chain only.

    Returns:
        Bits of the steps after the first that it can be.
    """
    can = 0
    for k in range(by_step.shape[1] - 1, 0, -1):
        if not (bits >> k) & 1:
            continue
        p = _previous(time, by_step, ranges, within, kept, excluded, own, k, at, begin)
        if p < 0:
            continue
        first, before = kept[own, START, p], kept[own, LATEST, p]
        kept[own, START, k], kept[own, LATEST, k] = first, at
        kept[own, VALUE, k] = _value(way, value, k == step, kept[own, VALUE, p])
        can |= 1 << k
        if note(made, waits, counts, row, k, time[first], time[at] - time[first], time[at] - time[before]):
            made[GROUP, row] = kept[own, VALUE, k]
    return can


@compiled
def _chains(events: Events, rules: Rules, values: Values, lo: int, hi: int, rows: Rows) -> None:
    offsets, time, code = events
    mask, between, by_step, ranges, ever, _, within, strict = rules
    group, way, step, many = values
    made, waits, counts = rows
    steps, follow = by_step.shape[1], _follow(by_step)
    kept, row_of = np.full((many + 1, 3, steps), -1, np.int64), np.full(many + 1, -1, np.int64)
    excluded, found = np.full(ranges.shape[1], -1, np.int64), np.empty(BLOCK + 1, np.int64)
    unit, begin, end, seen, ready, reached, every = lo, offsets[lo], offsets[lo + 1], 0, 1, 0, (1 << steps) - 1
    for block in range(offsets[lo], offsets[hi], BLOCK):
        for f in range(matching(code, mask, block, min(block + BLOCK, offsets[hi]), found)):
            at = found[f]
            while at >= end:
                unit += 1
                begin, end, seen, ready, reached = end, offsets[unit + 1], 0, 1, 0
            if reached == every:
                continue
            # Bits of the steps that the event may be: only those that some chain in the unit can go on with.
            bits = mask[code[at]] & ready & ~(seen & ever)
            seen |= mask[code[at]]
            value = group[at] if way else -1
            own = value + 1 if way == ALL else 0
            if bits > 1:
                earliest = _nearest(code, between, at, begin) if strict else begin
                can = _serve(
                    time, by_step, ranges, within, way, step, value, kept, excluded, made, waits, counts, own,
                    row_of[own], bits, at, earliest,
                )  # fmt: skip
                reached |= 0 if way == ALL else can
                ready |= _after(follow, can)
            if bits & 1:
                kept[own, START, 0], kept[own, LATEST, 0] = at, at
                kept[own, VALUE, 0] = _value(way, value, step == 0, -1)
                if not reached & 1 and enter(made, counts, row_of, own, unit, time[at], kept[own, VALUE, 0]):
                    ready |= follow[0]
                    reached |= 0 if way == ALL else 1
            if mask[code[at]] >> EXCLUDED:
                _exclude(mask[code[at]], excluded, at)


def chains(events: Events, rules: Rules, values: Values) -> Reached:
    """Who reaches each step, by chains in order.

    Of several chains, a step counts the one that ends first; of those, the one with the latest first event; then, from
    its end backwards, the latest event and the earlier of two steps that it can be.
    """
    return walk(_chains, events, rules, values)
