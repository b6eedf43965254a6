"""Who lost a chain to an exclusion: whether or not another chain brought them as far."""

import numpy as np

from desireline.kernels.arrays import I64, U32, Bools
from desireline.kernels.compiled import compiled
from desireline.kernels.funnel import BLOCK, matching
from desireline.kernels.funnel_rules import AFTER, BACK, BEFORE, EXCLUDED, GAP, Events, Rules, flag

START, LATEST = range(2)
"""Rows of the latest chain to each step that heeds no exclusion: positions of its first event and of that step's."""


@compiled
def _fits(time: I64, gap: int, within: int, chain: I64, p: int, at: int, begin: int) -> bool:
    """Whether the chain to step p may go on with event `at`."""
    first, last = chain[START, p], chain[LATEST, p]
    return (
        last >= begin and (gap < 0 or time[at] - time[last] <= gap) and (within < 0 or time[at] - time[first] <= within)
    )


@compiled
def _loses(time: I64, by_step: I64, ranges: I64, within: int, cut: I64, bits: int, at: int, begin: int) -> bool:
    """Whether a chain that held at an excluded event would have gone on with event `at`."""
    for k in range(1, by_step.shape[1]):
        if (bits >> k) & 1:
            for x in range(ranges.shape[1]):
                for p in range(max(by_step[BACK, k], ranges[AFTER, x]), k if k <= ranges[BEFORE, x] else 0):
                    if _fits(time, by_step[GAP, k], within, cut[x], p, at, begin):
                        return True
    return False


@compiled
def _extend(time: I64, by_step: I64, within: int, free: I64, bits: int, at: int, begin: int) -> int:
    """Event `at` in chains that heed no exclusion: bits of the steps that it can be."""
    can = 0
    for k in range(by_step.shape[1] - 1, -1, -1):
        if not (bits >> k) & 1:
            continue
        since = at if k == 0 else -1
        for p in range(by_step[BACK, k], k) if k else range(0):
            if _fits(time, by_step[GAP, k], within, free, p, at, begin):
                since = max(since, free[START, p])
        if since >= 0:
            free[START, k], free[LATEST, k] = since, at
            can |= 1 << k
    return can


@compiled
def _losing(events: Events, rules: Rules, lo: int, hi: int, lost: Bools, reached: U32) -> None:
    offsets, time, code = events
    mask, _, by_step, ranges, ever, _, within, _ = rules
    steps, many = by_step.shape[1], ranges.shape[1]
    free, cut = np.full((2, steps), -1, np.int64), np.full((many, 2, steps), -1, np.int64)
    found = np.empty(BLOCK + 1, np.int64)
    every = (1 << steps) - 1
    unit, begin, end, seen, armed = lo, offsets[lo], offsets[lo + 1], 0, False
    for block in range(offsets[lo], offsets[hi], BLOCK):
        for f in range(matching(code, mask, block, min(block + BLOCK, offsets[hi]), found)):
            at = found[f]
            while at >= end:
                unit += 1
                begin, end, seen, armed = end, offsets[unit + 1], 0, False
            bits = mask[code[at]] & every & ~(seen & ever)
            seen |= mask[code[at]] & every
            if bits and armed and not lost[unit] and _loses(time, by_step, ranges, within, cut, bits, at, begin):
                lost[unit] = True
            for x in range(many if reached[unit] else 0):
                if (mask[code[at]] >> (EXCLUDED + x)) & 1:
                    cut[x], armed = free, True
            if bits:
                reached[unit] |= np.uint32(_extend(time, by_step, within, free, bits, at, begin))


def losing(events: Events, rules: Rules) -> tuple[Bools, U32]:
    """What exclusions cost, for chains in order.

    Returns:
        bool[units], which units have a chain that fits in all but an exclusion; uint32[units], a bit for each step that
        they reach without exclusions.
    """
    return flag(_losing, events, rules)
