"""The ordered funnel: how far each unit gets through steps that must happen in order, within a window."""

from dataclasses import dataclass

import numpy as np

from desireline.kernels.arrays import I8, I32, I64, U32, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges

BLOCK = 4096


@dataclass(frozen=True, eq=False)
class FunnelCounts:
    """What the kernel found.

    Attributes:
        reached: int8[units], how many steps each unit reached.
        people: int64[steps], units that reached each step.
        waits: for each step after the first, int64[people who reached it]: µs from the chain's first event, in the
            order of the units.
        gaps: likewise, µs from the event of the step before.
    """

    reached: I8
    people: I64
    waits: list[I64]
    gaps: list[I64]


@compiled
def matching(code: I32, mask: U32 | I64, lo: int, hi: int, found: I64) -> int:
    """Positions in [lo, hi) of events that match a step: without a branch, since most events match none."""
    n = 0
    for i in range(lo, hi):
        found[n] = i
        n += mask[np.uint32(code[i])] != 0
    return n


@compiled
def _advance(
    t: int, bits: int, depth: int, steps: int, within: int, start: I64, last: I64, waits: I64, gaps: I64, counts: I64
) -> int:
    """One event at time t: extend chains, longest first, so that it serves one step of each chain only.

    start[k] is the latest first event of a chain that has reached step k: any chain that fits, fits from there.
    last[k] is that chain's event of step k.
    """
    for k in range(min(depth, steps - 1), -1, -1):
        if not (bits >> k) & 1:
            continue
        since = start[k - 1] if k else t
        if within >= 0 and t - since > within:
            continue
        start[k], last[k] = since, t
        if k == depth:
            if k:
                waits[k - 1, counts[k]] = t - since
                gaps[k - 1, counts[k]] = t - last[k - 1]
            counts[k] += 1
            depth += 1
    return depth


@compiled
def _funnel(
    offsets: I64, time: I64, code: I32, mask: U32, steps: int, within: int, lo: int, hi: int,
    reached: I8, waits: I64, gaps: I64, counts: I64,
) -> None:  # fmt: skip
    found = np.empty(BLOCK + 1, np.int64)
    start, last = np.empty(steps, np.int64), np.empty(steps, np.int64)
    unit, end, depth = lo, offsets[lo + 1], 0
    for block in range(offsets[lo], offsets[hi], BLOCK):
        n = matching(code, mask, block, min(block + BLOCK, offsets[hi]), found)
        for f in range(n):
            at = found[f]
            if at >= end:
                reached[unit] = depth
                depth = 0
                while at >= end:
                    unit += 1
                    end = offsets[unit + 1]
            if depth < steps:
                depth = _advance(time[at], mask[code[at]], depth, steps, within, start, last, waits, gaps, counts)
    reached[unit] = depth


def funnel(offsets: I64, time: I64, code: I32, mask: U32, steps: int, within: int | None) -> FunnelCounts:
    """Walk every unit through the steps.

    A unit reaches step k if it has events e1 < … < ek in order that match steps 1 … k with ek.time - e1.time <= within;
    any such chain counts. The wait runs from the latest e1 that allows it to the earliest ek that ends such a chain;
    the gap from the latest e(k - 1) that allows it.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit.
        code: int32[events].
        mask: uint32[codes], bit k - 1 set where a code matches step k.
        steps: 1 to 32.
        within: µs, None for no limit.
    """
    offsets, time, code, mask = frozen(offsets), frozen(time), frozen(code), frozen(mask)
    reached = np.zeros(len(offsets) - 1, np.int8)
    limit = -1 if within is None else within

    def part(lo: int, hi: int) -> tuple[I64, I64, I64]:
        waits, gaps, counts = *np.empty((2, steps - 1, hi - lo), np.int64), np.zeros(steps, np.int64)
        if hi > lo:
            _funnel(offsets, time, code, mask, steps, limit, lo, hi, reached, waits, gaps, counts)
        return counts, waits, gaps

    parts = each(part, unit_ranges(offsets))
    people = np.sum([counts for counts, *_ in parts], axis=0)
    waits, gaps = (
        [np.concatenate([part[which][k - 1, : part[0][k]] for part in parts]) for k in range(1, steps)]
        for which in (1, 2)
    )
    return FunnelCounts(reached, people, waits, gaps)
