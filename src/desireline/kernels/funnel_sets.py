"""Funnels in any order: all steps up to one inside one window, each by an event of its own.

Steps that match the same events are of one kind. KIND numbers the kinds; step k takes the NTH latest event of its kind
(0 the latest), and once it is in there are TOTAL events of the kind, so far as steps that must be there go. A step that
only the unit's first event can be takes that one (NTH is -1, or too large if a step before has taken it) and counts in
TOTAL alone: the others never need that event, since they take the latest. Of the sets that end with an event the one
with the latest events starts last, so it fits if any does.
"""

import numpy as np

from desireline.kernels.arrays import I32, I64, U32, Bools
from desireline.kernels.compiled import compiled
from desireline.kernels.funnel import BLOCK, matching
from desireline.kernels.funnel_rules import (
    ALL,
    EXCLUDED,
    FIRST,
    GROUP,
    KIND,
    NTH,
    STEP,
    STEPS,
    TOTAL,
    Events,
    Reached,
    Rows,
    Rules,
    Values,
    enter,
    flag,
    note,
    walk,
)  # fmt: skip


@compiled
def _kinds(mask: I64, by_step: I64) -> I64:
    """int64[codes], the kind of the steps that each code matches, -1 for none."""
    kinds = np.full(len(mask), -1, np.int64)
    for k in range(by_step.shape[1]):
        for c in range(len(mask)):
            if (mask[c] >> k) & 1:
                kinds[c] = by_step[KIND, k]
    return kinds


@compiled
def _recent(values: int, steps: int) -> I64:
    """int64[values, kinds, steps + 1], positions of the latest events, latest first, then of the unit's first.

    Positions before the present unit or before an exclusion are left from others and mean none.
    """
    return np.full((values, steps, steps + 1), -1, np.int64)


@compiled
def _pick(by_step: I64, ever: int, recent: I64, own: int, k: int, begin: int) -> int:
    """The event of step k in the set that counts, -1 if there is none."""
    kind, steps = by_step[KIND, k], by_step.shape[1]
    if recent[own, kind, by_step[TOTAL, k] - 1] < begin:
        return -1
    if (ever >> k) & 1:
        first = recent[own, kind, steps]
        return int(first) if first >= begin and by_step[NTH, k] < 0 else -1
    return int(recent[own, kind, by_step[NTH, k]])


@compiled
def _value(group: I32, way: int, step: int, taken: I64, k: int) -> int:
    """The value of the set of step k, whose events are `taken`."""
    if way == STEP:
        return int(group[taken[step]]) if step <= k and taken[step] >= 0 else -1
    chosen, place = -1, -1
    for j in range(k + 1):
        at = taken[j]
        if at < 0 or (group[at] < 0 and way != ALL):
            continue
        if place < 0 or (at < place and way == FIRST) or (at > place and way != FIRST):
            chosen, place = int(group[at]), at
    return chosen


@compiled
def _own(group: I32, way: int, step: int, at: int) -> int:
    """The value of the set of the first step alone."""
    return int(group[at]) if way and (way != STEP or step == 0) else -1


@compiled
def _before(taken: I64, k: int, at: int, first: int) -> int:
    """The last but one event of the set of step k that runs from `first` to `at`."""
    before = first
    for j in range(k + 1):
        if taken[j] != at:
            before = max(before, taken[j])
    return before


@compiled
def _complete(
    time: I64, by_step: I64, ever: int, optional: int, within: int, group: I32, way: int, step: int, recent: I64,
    taken: I64, made: I64, waits: I64, counts: I64, own: int, row: int, at: int, begin: int,
) -> int:  # fmt: skip
    """Note the steps whose sets are complete with event `at`, and return their bits.

    `taken`: int64[steps], the event of each step in the set, -1 for none.
    """
    first, can = at, 0
    for k in range(by_step.shape[1]):
        mine = _pick(by_step, ever, recent, own, k, begin)
        since = min(first, mine)
        if mine < 0 or (within >= 0 and time[at] - time[since] > within):
            if (optional >> k) & 1:
                continue
            break
        taken[k] = mine
        can |= 1 << k
        if k and not (made[STEPS, row] >> k) & 1:
            gap = time[at] - time[_before(taken, k, at, since)]
            if note(made, waits, counts, row, k, time[since], time[at] - time[since], gap):
                made[GROUP, row] = _value(group, way, step, taken, k) if way else -1
        if (optional >> k) & 1:
            taken[k] = -1
        else:
            first = since
    return can


@compiled
def _sets(events: Events, rules: Rules, values: Values, lo: int, hi: int, rows: Rows) -> None:
    offsets, time, code = events
    mask, _, by_step, _, ever, optional, within, _ = rules
    group, way, step, many = values
    made, waits, counts = rows
    steps, most = by_step.shape[1], by_step[TOTAL].max()
    kinds, recent, row_of = _kinds(mask, by_step), _recent(many + 1, steps), np.full(many + 1, -1, np.int64)
    taken, found = np.full(steps, -1, np.int64), np.empty(BLOCK + 1, np.int64)
    unit, begin, end, seen, reached, every = lo, offsets[lo], offsets[lo + 1], 0, 0, (1 << steps) - 1
    for block in range(offsets[lo], offsets[hi], BLOCK):
        for f in range(matching(code, mask, block, min(block + BLOCK, offsets[hi]), found)):
            at = found[f]
            while at >= end:
                unit += 1
                begin, end, seen, reached = end, offsets[unit + 1], 0, 0
            if (mask[code[at]] >> EXCLUDED) & 1:
                begin = at + 1
            matched = mask[code[at]] & every
            bits = matched & ~(seen & ever)
            if reached == every or not bits:
                continue
            own = group[at] + 1 if way == ALL else 0
            kind = kinds[code[at]]
            for place in range(most - 1, 0, -1):
                recent[own, kind, place] = recent[own, kind, place - 1]
            recent[own, kind, 0] = at
            if matched & ~seen:
                recent[own, kind, steps] = at
            seen |= matched
            if bits & 1 and not reached & 1:
                enter(made, counts, row_of, own, unit, time[at], _own(group, way, step, at))
                reached |= 0 if way == ALL else 1
            # A new set has only kinds that were seen: all steps before the first required one that was not.
            missing = every & ~optional & ~seen
            if seen & ~reached & ((missing & -missing) - 1) and recent[own, 0, 0] >= begin:
                can = _complete(
                    time, by_step, ever, optional, within, group, way, step, recent, taken, made, waits, counts, own,
                    row_of[own], at, begin,
                )  # fmt: skip
                reached |= 0 if way == ALL else can


def sets(events: Events, rules: Rules, values: Values) -> Reached:
    """Who reaches each step, in any order: all required steps before it and itself inside one window.

    Of several sets, a step counts the one that ends first; of those, the one with the latest events, of which the
    earlier of two equal steps takes the later. An excluded event (the first exclusion stands for all) may not lie
    between any two events of a set, and matches no step.
    """
    return walk(_sets, events, rules, values)


@compiled
def _loses(
    time: I64, by_step: I64, ever: int, optional: int, within: int, recent: I64, cut: I64, kind: int, is_first: bool,
    at: int, begin: int,
) -> tuple[bool, int]:  # fmt: skip
    """Whether event `at` completes a set that holds it and an event from before the last exclusion.

    `cut`: the latest event of each kind before that exclusion; `kind` of the event, `is_first` if it is the unit's.
    Also bits of the steps whose sets are complete without exclusions.
    """
    held, reaches, loses, can = False, False, False, 0
    for k in range(by_step.shape[1]):
        mine = _pick(by_step, ever, recent, 0, k, begin)
        if mine < 0 or (within >= 0 and time[at] - time[mine] > within):
            if (optional >> k) & 1:
                continue
            break
        can |= 1 << k
        same, early = by_step[KIND, k] == kind, cut[by_step[KIND, k]]
        over = early >= begin and by_step[TOTAL, k] > same and (within < 0 or time[at] - time[early] <= within)
        here = same and (is_first or not (ever >> k) & 1)
        loses |= (held or here) and (reaches or over)
        if not (optional >> k) & 1:
            held, reaches = held or here, reaches or over
    return loses, can


@compiled
def _losing(events: Events, rules: Rules, lo: int, hi: int, lost: Bools, reached: U32) -> None:
    offsets, time, code = events
    mask, _, by_step, _, ever, optional, within, _ = rules
    steps, most = by_step.shape[1], by_step[TOTAL].max()
    kinds, recent, cut = _kinds(mask, by_step), _recent(1, steps), np.full(steps, -1, np.int64)
    found = np.empty(BLOCK + 1, np.int64)
    every = (1 << steps) - 1
    unit, begin, end, seen, armed = lo, offsets[lo], offsets[lo + 1], 0, False
    for block in range(offsets[lo], offsets[hi], BLOCK):
        for f in range(matching(code, mask, block, min(block + BLOCK, offsets[hi]), found)):
            at = found[f]
            while at >= end:
                unit += 1
                begin, end, seen, armed = end, offsets[unit + 1], 0, False
            if seen and (mask[code[at]] >> EXCLUDED) & 1:
                cut[:], armed = recent[0, :, 0], True
            matched = mask[code[at]] & every
            is_first = matched & ~seen != 0
            bits = matched & ~(seen & ever)
            seen |= matched
            if bits:
                kind = kinds[code[at]]
                for place in range(most - 1, 0, -1):
                    recent[0, kind, place] = recent[0, kind, place - 1]
                recent[0, kind, 0] = at
                if is_first:
                    recent[0, kind, steps] = at
            missing = every & ~optional & ~seen
            open_ = every if armed and not lost[unit] else every & ~np.int64(reached[unit])
            if bits and seen & open_ & ((missing & -missing) - 1):
                loses, can = _loses(
                    time, by_step, ever, optional, within, recent, cut, kind, is_first, at, begin
                )  # fmt: skip
                lost[unit] |= loses
                reached[unit] |= np.uint32(can)


def losing(events: Events, rules: Rules) -> tuple[Bools, U32]:
    """What exclusions cost, in any order.

    Returns:
        bool[units], which units have a set that fits in all but that an excluded event lies between two of its own;
        uint32[units], a bit for each step that they reach without exclusions.
    """
    return flag(_losing, events, rules)
