"""How often units did something, inside a window and between other events."""

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges

U8 = npt.NDArray[np.uint8]

STEP, BEFORE, AFTER = 1, 2, 4
"""Bits of an event's kind: it is counted; it is one that others come before; one that others come after."""


@compiled
def _marked(
    time: I64, code: I32, kinds: U8, where: Bools, lo: int, hi: int, when: I64, bits: U8, seen: I64
) -> int:  # fmt: skip
    """The events in [lo, hi) that are of any kind; `seen` counts the step's events before each."""
    n = 0
    seen[0] = 0
    for e in range(lo, hi):
        kind = kinds[code[e]]
        if kind & STEP and len(where) and not where[e]:
            kind &= BEFORE | AFTER
        if kind:
            when[n], bits[n] = time[e], kind
            n += 1
            seen[n] = seen[n - 1] + (kind & STEP)
    return n


@compiled
def _fullest(when: I64, bits: U8, seen: I64, n: int, within: int) -> int:
    """The most events of the step in a window; the window begins with one of them."""
    most, end = 0, 0
    for i in range(n):
        if bits[i] & STEP:
            while end < n and when[end] - when[i] <= within:
                end += 1
            most = max(most, seen[end] - seen[i])
    return most


@compiled
def _before(when: I64, bits: U8, seen: I64, n: int, least: int, most: int, within: int) -> bool:
    start = 0
    for j in range(n):
        if bits[j] & BEFORE:
            while within >= 0 and when[j] - when[start] > within:
                start += 1
            if least <= seen[j] - seen[start] <= most:
                return True
    return False


@compiled
def _after(when: I64, bits: U8, seen: I64, n: int, least: int, most: int, within: int, closed: bool) -> bool:
    """`closed`: also before some BEFORE; the first that leaves room for `least` leaves the fewest, so it decides."""
    end = close = 0
    for i in range(n):
        if not bits[i] & AFTER:
            continue
        end = max(end, i + 1) if within >= 0 else n
        while end < n and when[end] - when[i] <= within:
            end += 1
        last = end
        if closed:
            close = max(close, i + 1)
            while close < n and not (bits[close] & BEFORE and seen[close] - seen[i + 1] >= least):
                close += 1
            if close == n:
                return False
            last = min(close, end)
        if least <= seen[last] - seen[i + 1] <= most:
            return True
    return False


@compiled
def _behaviour(
    offsets: I64, time: I64, code: I32, kinds: U8, where: Bools, anchors: int, least: int, most: int, within: int,
    lo: int, hi: int, holds: Bools,
) -> None:  # fmt: skip
    longest = 0
    for u in range(lo, hi):
        longest = max(longest, offsets[u + 1] - offsets[u])
    when, bits, seen = np.empty(longest, np.int64), np.empty(longest, np.uint8), np.empty(longest + 1, np.int64)
    for u in range(lo, hi):
        n = _marked(time, code, kinds, where, offsets[u], offsets[u + 1], when, bits, seen)
        if anchors & AFTER:
            holds[u] = _after(when, bits, seen, n, least, most, within, anchors & BEFORE != 0)
        elif anchors & BEFORE:
            holds[u] = _before(when, bits, seen, n, least, most, within)
        else:
            count = seen[n] if within < 0 else _fullest(when, bits, seen, n, within)
            holds[u] = least <= count <= most


def behaviour(
    offsets: I64, time: I64, code: I32, step: Bools, *, before: Bools | None = None, after: Bools | None = None,
    where: Bools | None = None, at_least: int = 1, at_most: int | None = None, within: int | None = None,
) -> Bools:  # fmt: skip
    """Which units have at least and at most so many events of a step.

    Alone, all of a unit's events of the step count, or with `within` those in the fullest window of that length, both
    ends included. With `before` those before some event of that kind, in order, and no longer than `within` before
    it; with `after` those after some event of that kind; with both those between such a pair, `within` from the first.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit.
        code: int32[events].
        step: bool[codes], what is counted.
        before: bool[codes], what it comes before.
        after: bool[codes], what it comes after.
        where: bool[events], which events of the step may count; None for all.
        at_least: how many there must be.
        at_most: how many there may be; None for no limit.
        within: µs; None for no limit.

    Returns:
        bool[units].
    """
    kinds = step.astype(np.uint8) * STEP
    anchors = 0
    for bit, codes in ((BEFORE, before), (AFTER, after)):
        if codes is not None:
            kinds |= codes.astype(np.uint8) * np.uint8(bit)
            anchors |= bit
    offsets, time, code, kinds = frozen(offsets), frozen(time), frozen(code), frozen(kinds)
    rows = frozen(np.zeros(0, np.bool_) if where is None else where)
    most, limit = 1 << 62 if at_most is None else at_most, -1 if within is None else within
    holds = np.zeros(len(offsets) - 1, np.bool_)
    each(
        lambda lo, hi: _behaviour(offsets, time, code, kinds, rows, anchors, at_least, most, limit, lo, hi, holds),
        unit_ranges(offsets),
    )
    return holds
