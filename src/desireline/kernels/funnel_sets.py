"""Funnels in any order: all steps up to one inside one window, each by an event of its own.

Steps that match the same events are of one kind. `Rules.kind` numbers the kinds; step k takes the `nth` latest event of
its kind (0 the latest), and once it is in there are `total` events of the kind, so far as steps that must be there go.
A step that only the unit's first event can be counts in `total`, not in `nth`: the others never need that event, since
they take the latest. Of the sets that end with an event the one with the latest events starts last, so it fits if any.
"""

from typing import NamedTuple

import numpy as np

from desireline.kernels.arrays import I64, Bools
from desireline.kernels.compiled import compiled
from desireline.kernels.funnel import BLOCK, matching
from desireline.kernels.funnel_rules import ALL, EXCLUDED, FIRST, STEP, Events, Reached, Rows, Rules, Values, flag, walk


class Recent(NamedTuple):
    """The present unit; positions before `begin` are left from others, or lie before an exclusion, and mean none.

    Attributes:
        latest: int64[values, kinds, steps], the latest events of each kind, latest first.
        earliest: int64[values, kinds], the unit's first event of each kind.
        row: int64[values], the row that was made last for a value.
        taken: int64[steps], the event of each step in the set being tried, -1 for none.
    """

    latest: I64
    earliest: I64
    row: I64
    taken: I64


@compiled
def _recent(rules: Rules, many: int) -> Recent:
    steps = len(rules.back)
    return Recent(
        np.full((many, steps, steps), -1, np.int64), np.full((many, steps), -1, np.int64), np.full(many, -1, np.int64),
        np.full(steps, -1, np.int64),
    )  # fmt: skip


@compiled
def _arrive(rules: Rules, recent: Recent, many: int, bits: int, at: int, first: int) -> None:
    """Event `at` becomes the latest of its kind; `first`: bits of the steps that no earlier event matched."""
    for k in range(len(rules.back)):
        if (bits >> k) & 1:
            row = recent.latest[many, rules.kind[k]]
            for place in range(len(row) - 1, 0, -1):
                row[place] = row[place - 1]
            row[0] = at
            if (first >> k) & 1:
                recent.earliest[many, rules.kind[k]] = at
            return


@compiled
def _pick(rules: Rules, recent: Recent, many: int, k: int, begin: int) -> int:
    """The event of step k in the set that counts, -1 if there is none."""
    latest: I64 = recent.latest[many, rules.kind[k]]
    if latest[rules.total[k] - 1] < begin:
        return -1
    if (rules.ever >> k) & 1:
        first = recent.earliest[many, rules.kind[k]]
        return int(first) if first >= begin and rules.nth[k] < 0 else -1
    return int(latest[rules.nth[k]])


@compiled
def _value(values: Values, recent: Recent, k: int) -> int:
    """The value of the set whose furthest step is k."""
    if values.way == STEP:
        mine = recent.taken[values.step] if values.step <= k else -1
        return values.group[mine] if mine >= 0 else -1
    chosen, place = -1, -1
    for j in range(k + 1):
        at = recent.taken[j]
        if at < 0 or (values.group[at] < 0 and values.way != ALL):
            continue
        if place < 0 or (at < place and values.way == FIRST) or (at > place and values.way != FIRST):
            chosen, place = values.group[at], at
    return chosen


@compiled
def _record(
    time: I64, values: Values, recent: Recent, many: int, k: int, first: int, at: int, unit: int, rows: Rows
) -> None:
    """The set in `taken`, from `first` to `at`, completes step k: note it if it is the unit's first to do so."""
    row = recent.row[many]
    if k == 0 and (row < 0 or rows.unit[row] != unit):
        row = rows.counts[-1]
        recent.row[many] = row
        rows.counts[-1] += 1
        rows.unit[row], rows.steps[row] = unit, 0
    if (rows.steps[row] >> k) & 1:
        return
    before = first
    for j in range(k + 1):
        if recent.taken[j] != at:
            before = max(before, recent.taken[j])
    n = rows.counts[k]
    rows.wait_row[k, n] = row
    rows.wait[k, n], rows.since[k, n] = time[at] - time[first], time[at] - time[before]
    rows.counts[k] += 1
    if rows.steps[row] >> k == 0:
        rows.entry[row] = time[first]
        rows.group[row] = _value(values, recent, k) if values.way else -1
    rows.steps[row] |= np.uint32(1 << k)


@compiled
def _complete(
    time: I64, rules: Rules, values: Values, recent: Recent, many: int, at: int, unit: int, begin: int, rows: Rows
) -> None:
    """Note the steps whose sets are complete with event `at`."""
    first = at
    for k in range(len(rules.back)):
        optional = (rules.optional >> k) & 1
        mine = _pick(rules, recent, many, k, begin)
        since = min(first, mine)
        if mine < 0 or (rules.within >= 0 and time[at] - time[since] > rules.within):
            if optional:
                continue
            return
        recent.taken[k] = mine
        _record(time, values, recent, many, k, since, at, unit, rows)
        if optional:
            recent.taken[k] = -1
        else:
            first = since


@compiled
def _sets(events: Events, rules: Rules, values: Values, lo: int, hi: int, rows: Rows) -> None:
    found = np.empty(BLOCK + 1, np.int64)
    recent = _recent(rules, values.many + 1 if values.way == ALL else 1)
    steps = len(rules.back)
    wanted, complete = (1 << steps) - 1, np.uint32((1 << steps) - 1)
    unit, begin, end, seen = lo, events.offsets[lo], events.offsets[lo + 1], 0
    for block in range(events.offsets[lo], events.offsets[hi], BLOCK):
        n = matching(events.code, rules.mask, block, min(block + BLOCK, events.offsets[hi]), found)
        for f in range(n):
            at = found[f]
            while at >= end:
                unit += 1
                begin, end, seen = end, events.offsets[unit + 1], 0
            row = recent.row[0]
            if values.way != ALL and row >= 0 and rows.unit[row] == unit and rows.steps[row] == complete:
                continue
            mask = int(rules.mask[events.code[at]])
            if (mask >> EXCLUDED) & 1:
                begin = at + 1
            fresh = mask & wanted & ~seen
            bits = mask & wanted & ~(seen & rules.ever)
            seen |= mask & wanted
            if bits:
                many = values.group[at] + 1 if values.way == ALL else 0
                _arrive(rules, recent, many, bits, at, fresh)
                _complete(events.time, rules, values, recent, many, at, unit, begin, rows)


def sets(events: Events, rules: Rules, values: Values) -> Reached:
    """Who reaches each step, in any order: all required steps before it and itself inside one window.

    Of several sets, a step counts the one that ends first; of those, the one with the latest events, of which the
    earlier of two equal steps takes the later. An excluded event (the first exclusion stands for all) may not lie
    between any two events of a set, and matches no step.
    """
    return walk(_sets, events, rules, values)


@compiled
def _loses(time: I64, rules: Rules, recent: Recent, cut: I64, kind: int, fresh: bool, at: int, begin: int) -> bool:
    """Whether event `at` completes a set that holds it and an event from before the last exclusion.

    `cut`: the latest event of each kind before that exclusion; `kind` of the event, `fresh` if it is the unit's first.
    """
    held, reaches = False, False
    for k in range(len(rules.back)):
        optional, mine = (rules.optional >> k) & 1, _pick(rules, recent, 0, k, begin)
        if mine < 0 or (rules.within >= 0 and time[at] - time[mine] > rules.within):
            if optional:
                continue
            return False
        early = cut[rules.kind[k]]
        over = early >= begin and rules.total[k] > (rules.kind[k] == kind)
        over = over and (rules.within < 0 or time[at] - time[early] <= rules.within)
        mine_is_here = rules.kind[k] == kind and (fresh or not (rules.ever >> k) & 1)
        if (held or mine_is_here) and (reaches or over):
            return True
        if not optional:
            held, reaches = held or mine_is_here, reaches or over
    return False


@compiled
def _losing(events: Events, rules: Rules, lo: int, hi: int, lost: Bools) -> None:
    found = np.empty(BLOCK + 1, np.int64)
    steps = len(rules.back)
    recent, cut = _recent(rules, 1), np.full(steps, -1, np.int64)
    unit, begin, end = lo, events.offsets[lo], events.offsets[lo + 1]
    wanted, seen = (1 << steps) - 1, 0
    for block in range(events.offsets[lo], events.offsets[hi], BLOCK):
        n = matching(events.code, rules.mask, block, min(block + BLOCK, events.offsets[hi]), found)
        for f in range(n):
            at = found[f]
            while at >= end:
                unit += 1
                begin, end, seen = end, events.offsets[unit + 1], 0
            if lost[unit]:
                continue
            mask = int(rules.mask[events.code[at]])
            if (mask >> EXCLUDED) & 1:
                cut[:] = recent.latest[0, :, 0]
            fresh = mask & wanted & ~seen
            bits = mask & wanted & ~(seen & rules.ever)
            seen |= mask & wanted
            if bits:
                _arrive(rules, recent, 0, bits, at, fresh)
                kind = _kind(rules, bits)
                if _loses(events.time, rules, recent, cut, kind, fresh != 0, at, begin):
                    lost[unit] = True


@compiled
def _kind(rules: Rules, bits: int) -> int:
    """The kind of an event that matches these steps."""
    for k in range(len(rules.back)):
        if (bits >> k) & 1:
            return int(rules.kind[k])
    return -1


def losing(events: Events, rules: Rules) -> Bools:
    """Which units have a set that fits in all but that an excluded event lies between two of its own: bool[units]."""
    return flag(_losing, events, rules)
