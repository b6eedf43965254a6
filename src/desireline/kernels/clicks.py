"""Clicks that tell of trouble: again and again within a second, without an answer, or with an error after them."""

import numpy as np

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges

AHEAD = 64
"""So many events after a click are looked at for the next one of the same element."""


@compiled
def _same(code: I32, element: I32, i: int, j: int) -> bool:
    return bool(code[i] == code[j] and (len(element) == 0 or element[i] == element[j]))


@compiled
def _burst(
    time: I64, code: I32, element: I32, click: Bools, distinct: bool, within: int, start: int, stop: int
) -> tuple[int, int]:
    """How many clicks of the same element come within `within` of the first; and the last of the whole burst."""
    n, last = 1, start
    for j in range(start + 1, min(stop, start + AHEAD)):
        if time[j] - time[last] > within:
            break
        if not click[j] or not _same(code, element, start, j):
            continue
        if not distinct or time[j] > time[last]:
            n += time[j] - time[start] <= within
        last = j
    return n, last


@compiled
def _rage(
    offsets: I64, time: I64, code: I32, element: I32, click: Bools, distinct: bool, within: int, least: int,
    lo: int, hi: int, hit: Bools, counted: Bools,
) -> None:  # fmt: skip
    for u in range(lo, hi):
        for i in range(offsets[u], offsets[u + 1]):
            if not click[i] or counted[i]:
                continue
            n, end = _burst(time, code, element, click, distinct, within, i, offsets[u + 1])
            if n >= least:
                hit[i] = True
                for j in range(i, end + 1):
                    counted[j] |= click[j] and _same(code, element, i, j)


def rage(
    offsets: I64, time: I64, code: I32, element: I32, click: Bools, distinct: bool, within: int, least: int
) -> Bools:
    """bool[events]: the first clicks of bursts, at least `least` clicks of one element within `within` µs.

    A burst goes on as long as each click comes within `within` of the one before, and counts once.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit.
        code: int32[events], what was clicked on.
        element: int32[events], which part of it; empty if nobody knows.
        click: bool[events].
        distinct: clicks of the very same moment are one.
        within: µs.
        least: clicks.
    """
    offsets, time = frozen(offsets), frozen(time)
    code, element, click = frozen(code), frozen(element), frozen(click)
    hit, counted = np.zeros((2, len(time)), np.bool_)
    each(
        lambda lo, hi: _rage(offsets, time, code, element, click, distinct, within, least, lo, hi, hit, counted),
        unit_ranges(offsets),
    )
    return hit


@compiled
def _dead(
    offsets: I64, time: I64, code: I32, element: I32, click: Bools, least: int, within: int, lo: int, hi: int,
    hit: Bools,
) -> None:  # fmt: skip
    for u in range(lo, hi):
        for i in range(offsets[u], offsets[u + 1] - 1):
            wait = time[i + 1] - time[i]
            if click[i] and click[i + 1] and least < wait <= within and _same(code, element, i, i + 1):
                hit[i] = True


def dead(offsets: I64, time: I64, code: I32, element: I32, click: Bools, least: int, within: int) -> Bools:
    """bool[events]: clicks whose next event is the same click, more than `least` and at most `within` µs later.

    Arguments as `rage` takes them.
    """
    offsets, time = frozen(offsets), frozen(time)
    code, element, click = frozen(code), frozen(element), frozen(click)
    hit = np.zeros(len(time), np.bool_)
    each(lambda lo, hi: _dead(offsets, time, code, element, click, least, within, lo, hi, hit), unit_ranges(offsets))
    return hit


@compiled
def _failed(offsets: I64, time: I64, click: Bools, error: Bools, within: int, lo: int, hi: int, hit: Bools) -> None:
    for u in range(lo, hi):
        last = -1
        for i in range(offsets[u], offsets[u + 1]):
            if click[i]:
                last = i
            if error[i] and last >= 0 and time[i] - time[last] <= within:
                hit[last] = True


def failed(offsets: I64, time: I64, click: Bools, error: Bools, within: int) -> Bools:
    """bool[events]: clicks that are errors themselves, or the last click before an error at most `within` µs later."""
    offsets, time, click, error = frozen(offsets), frozen(time), frozen(click), frozen(error)
    hit = np.zeros(len(time), np.bool_)
    each(lambda lo, hi: _failed(offsets, time, click, error, within, lo, hi, hit), unit_ranges(offsets))
    return hit
