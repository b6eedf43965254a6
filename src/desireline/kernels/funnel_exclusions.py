"""Who lost a chain to an exclusion: whether or not another chain brought them as far."""

from typing import NamedTuple

import numpy as np

from desireline.kernels.arrays import I64, Bools
from desireline.kernels.compiled import compiled
from desireline.kernels.funnel import BLOCK, matching
from desireline.kernels.funnel_rules import EXCLUDED, Events, Rules, flag


class Ends(NamedTuple):
    """[…, steps]: positions of the first event and the event of each step, of the latest chain without exclusions."""

    first: I64
    last: I64


@compiled
def _fits(time: I64, rules: Rules, k: int, at: int, begin: int, first: int, last: int) -> bool:
    """Whether a chain from `first` to `last` may go on with event `at` as step k."""
    return (
        last >= begin
        and (rules.gap[k] < 0 or time[at] - time[last] <= rules.gap[k])
        and (rules.within < 0 or time[at] - time[first] <= rules.within)
    )


@compiled
def _loses(time: I64, rules: Rules, cut: Ends, bits: int, at: int, begin: int) -> bool:
    """Whether a chain that held at an excluded event would have gone on with event `at`."""
    for k in range(1, len(rules.back)):
        if (bits >> k) & 1:
            for x in range(len(rules.after)):
                for p in range(max(rules.back[k], rules.after[x]), k if k <= rules.before[x] else 0):
                    if _fits(time, rules, k, at, begin, cut.first[x, p], cut.last[x, p]):
                        return True
    return False


@compiled
def _extend(time: I64, rules: Rules, free: Ends, bits: int, at: int, begin: int) -> None:
    """Event `at` in chains that heed no exclusion."""
    for k in range(len(rules.back) - 1, -1, -1):
        if not (bits >> k) & 1:
            continue
        since = at if k == 0 else -1
        for p in range(rules.back[k], k) if k else range(0):
            if _fits(time, rules, k, at, begin, free.first[p], free.last[p]):
                since = max(since, free.first[p])
        if since >= 0:
            free.first[k], free.last[k] = since, at


@compiled
def _losing(events: Events, rules: Rules, lo: int, hi: int, lost: Bools) -> None:
    found = np.empty(BLOCK + 1, np.int64)
    steps, many = len(rules.back), len(rules.after)
    free = Ends(np.full(steps, -1, np.int64), np.full(steps, -1, np.int64))
    cut = Ends(np.full((many, steps), -1, np.int64), np.full((many, steps), -1, np.int64))
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
            bits = mask & wanted & ~(seen & rules.ever)
            seen |= mask & wanted
            if bits and _loses(events.time, rules, cut, bits, at, begin):
                lost[unit] = True
            for x in range(many):
                if (mask >> (EXCLUDED + x)) & 1:
                    cut.first[x], cut.last[x] = free.first, free.last
            if bits:
                _extend(events.time, rules, free, bits, at, begin)


def losing(events: Events, rules: Rules) -> Bools:
    """Which units have a chain in order that fits in all but an exclusion: bool[units]."""
    return flag(_losing, events, rules)
