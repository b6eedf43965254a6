"""Sessions: runs of a unit's events in which no silence is longer than allowed."""

from dataclasses import dataclass

import numpy as np

from desireline.kernels.arrays import I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges
from desireline.kernels.steps import BLOCK, mark_starts

ENDS, STARTS = 1, 2
"""Bits of a place in `SessionCounts.places`: the event ends a session, starts one; 3 is a session of its own."""


@dataclass(frozen=True, eq=False)
class SessionCounts:
    """What a pass over all sessions counts.

    Attributes:
        places: int64[codes, 4], events by code and by where they stand in their session (`ENDS` | `STARTS`).
        units: units that have a session.
        lengths: int64[n], µs from the first to the last event of each session of several events, unordered.
    """

    places: I64
    units: int
    lengths: I64


@compiled
def _count(
    offsets: I64, time: I64, code: I32, label: I32, gap: I64, plain: bool, lo: int, hi: int, places: I64, lengths: I64
) -> tuple[int, int]:
    """Count without a branch on the data: each event is told where it stands when the next one is seen."""
    mark = np.zeros(BLOCK, np.uint8)
    longer, units = np.uint64(0), np.uint64(0)
    at, was, other = np.uint64(4 * len(label)), np.uint64(1), np.uint64(0)
    before, begun, limit, starting = np.int64(0), np.int64(0), np.int64(0), lo
    for first in range(offsets[lo], offsets[hi], BLOCK):
        last = min(first + BLOCK, offsets[hi])
        starting = mark_starts(offsets, starting, hi, first, last, mark)
        for k in range(last - first):
            c = np.uint64(np.uint32(code[first + k]))
            other |= np.uint64(mark[k])
            if not plain and label[c] < 0:
                continue
            now = time[first + k]
            fresh = other | np.uint64(now - before > limit)
            places[at + fresh] += 1
            lengths[longer] = before - begun
            longer += fresh & (was ^ np.uint64(1))
            units += other
            begun = now if fresh else begun
            at, was, before, limit, other = c * np.uint64(4) + fresh * np.uint64(2), fresh, now, gap[c], np.uint64(0)
    places[at + np.uint64(1)] += 1
    lengths[longer] = before - begun
    return int(longer + (was ^ np.uint64(1))), int(units)


def count_sessions(offsets: I64, time: I64, code: I32, label: I32, gap: I64) -> SessionCounts:
    """Count sessions, where they start and end, and how long they are.

    A session goes on until a silence longer than the gap of its last event; one of exactly the gap does not split.

    Args:
        offsets: int64[units + 1], no unit empty.
        time: int64[events], µs, ascending in each unit.
        code: int32[events].
        label: int32[codes], -1 for events to skip.
        gap: int64[codes], µs that may pass after an event of the code.
    """
    offsets, time, code, label, gap = frozen(offsets), frozen(time), frozen(code), frozen(label), frozen(gap)
    plain = bool((label >= 0).all())

    def part(lo: int, hi: int) -> tuple[I64, int, I64]:
        places = np.zeros(4 * len(label) + 2, np.int64)
        lengths = np.empty((offsets[hi] - offsets[lo]) // 2 + 1, np.int64)
        longer, units = _count(offsets, time, code, label, gap, plain, lo, hi, places, lengths)
        return places[:-2].reshape(-1, 4), units, lengths[:longer]

    parts = each(part, unit_ranges(offsets))
    places: I64 = np.sum([p for p, _, _ in parts], axis=0)
    return SessionCounts(places, sum(n for _, n, _ in parts), np.concatenate([found for _, _, found in parts]))


@compiled
def _list(
    offsets: I64, time: I64, code: I32, label: I32, gap: I64, lo: int, hi: int, unit: I32, first: I64, last: I64
) -> int:
    n = -1
    for u in range(lo, hi):
        before, limit = -1, np.int64(0)
        for i in range(offsets[u], offsets[u + 1]):
            c = code[i]
            if label[c] < 0:
                continue
            if before < 0 or time[i] - time[before] > limit:
                n += 1
                unit[n], first[n] = u, i
            last[n] = i
            before, limit = i, gap[c]
    return n + 1


def list_sessions(offsets: I64, time: I64, code: I32, label: I32, gap: I64) -> tuple[I32, I64, I64]:
    """Every session in order: int32 unit, int64 first and last event; arguments as `count_sessions` takes them."""
    offsets, time, code, label, gap = frozen(offsets), frozen(time), frozen(code), frozen(label), frozen(gap)

    def part(lo: int, hi: int) -> tuple[I32, I64, I64]:
        most = offsets[hi] - offsets[lo]
        unit, first, last = np.empty(most, np.int32), np.empty(most, np.int64), np.empty(most, np.int64)
        n = _list(offsets, time, code, label, gap, lo, hi, unit, first, last)
        return unit[:n], first[:n], last[:n]

    units, firsts, lasts = zip(*each(part, unit_ranges(offsets)), strict=True)
    return np.concatenate(units), np.concatenate(firsts), np.concatenate(lasts)
