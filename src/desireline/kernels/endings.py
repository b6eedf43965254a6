"""Where units stop: events without a later one, by week and by how many came before."""

import numpy as np

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges

STEPS = 7
"""Kinds of places in a journey: the first event, the second, the third, 4-5, 6-10, 11-20, later ones."""

_UP_TO = (1, 2, 3, 5, 10, 20)


@compiled
def _step(place: int) -> int:
    for k in range(len(_UP_TO)):
        if place <= _UP_TO[k]:
            return k
    return len(_UP_TO)


@compiled
def _endings(
    offsets: I64, time: I64, code: I32, cell: I32, final: Bools, gap: int, until: int, start: int, week: int,
    lo: int, hi: int, slot: I32, hit: Bools,
) -> None:  # fmt: skip
    for u in range(lo, hi):
        before, place = -1, 0
        for i in range(offsets[u], offsets[u + 1] + 1):
            inside = i < offsets[u + 1]
            if inside and cell[code[i]] < 0:
                continue
            silent = not inside or (before >= 0 and time[i] - time[before] > gap)
            if before >= 0 and not final[code[before]] and time[before] + gap <= until:
                slot[before] = (time[before] - start) // week * STEPS + _step(place)
                hit[before] = silent
            place = 1 if silent else place + 1
            before = i


def endings(
    offsets: I64, time: I64, code: I32, cell: I32, final: Bools, gap: int, until: int, start: int, week: int
) -> tuple[I32, Bools]:
    """Events with whether the unit falls silent after them.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit.
        code: int32[events].
        cell: int32[codes], -1 for events to skip.
        final: bool[codes], with which a journey is at its end: nobody drops off there.
        gap: µs, the silence that ends a journey.
        until: µs, the end of the observation: what is nearer to it than a gap is not over.
        start: µs, when the first week begins.
        week: µs.

    Returns:
        int32[events], week * STEPS + the place in the journey, -1 for events that do not count; bool[events].
    """
    offsets, time, code, cell, final = frozen(offsets), frozen(time), frozen(code), frozen(cell), frozen(final)
    slot, hit = np.full(len(time), -1, np.int32), np.zeros(len(time), np.bool_)
    each(
        lambda lo, hi: _endings(offsets, time, code, cell, final, gap, until, start, week, lo, hi, slot, hit),
        unit_ranges(offsets),
    )
    return slot, hit


@compiled
def _by_slot(code: I32, cell: I32, slot: I32, hit: Bools, lo: int, hi: int, counts: I32) -> None:
    for i in range(lo, hi):
        if slot[i] >= 0 and cell[code[i]] >= 0:
            counts[cell[code[i]], slot[i], 0] += 1
            counts[cell[code[i]], slot[i], 1] += hit[i]


def by_slot(offsets: I64, code: I32, cell: I32, cells: int, slot: I32, slots: int, hit: Bools) -> I64:
    """int64[cells, slots, 2]: events that count, and those after which the unit falls silent."""
    code, cell, slot, hit = frozen(code), frozen(cell), frozen(slot), frozen(hit)

    def part(lo: int, hi: int) -> I32:
        counts = np.zeros((cells, slots, 2), np.int32)
        _by_slot(code, cell, slot, hit, offsets[lo], offsets[hi], counts)
        return counts

    parts = each(part, unit_ranges(offsets, per_worker=1))
    total: I64 = np.sum(parts, axis=0, dtype=np.int64)
    return total


@compiled
def _in_weeks(code: I32, cell: I32, slot: I32, flagged: Bools, lo: int, hi: int, inside: Bools) -> None:
    for i in range(lo, hi):
        if slot[i] >= 0 and cell[code[i]] >= 0:
            inside[i] = flagged[cell[code[i]], slot[i] // STEPS]


def in_weeks(offsets: I64, code: I32, cell: I32, slot: I32, flagged: Bools) -> Bools:
    """bool[events]: those that count and lie in a week that is flagged, bool[cells, weeks], for their cell."""
    code, cell, slot, flagged = frozen(code), frozen(cell), frozen(slot), frozen(flagged)
    inside = np.zeros(len(code), np.bool_)
    each(
        lambda lo, hi: _in_weeks(code, cell, slot, flagged, int(offsets[lo]), int(offsets[hi]), inside),
        unit_ranges(offsets),
    )
    return inside


@compiled
def _before(
    offsets: I64, time: I64, code: I32, label: I32, goal: Bools, gap: int, lo: int, hi: int, row: I64, before: I64
) -> None:
    for u in range(lo, hi):
        n, last = 0, -1
        for i in range(offsets[u], offsets[u + 1]):
            if goal[code[i]]:
                row[u], before[u] = i, (0 if last >= 0 and time[i] - time[last] > gap else n)
                break
            if label[code[i]] >= 0:
                n = 1 if last >= 0 and time[i] - time[last] > gap else n + 1
                last = i


def before_goal(offsets: I64, time: I64, code: I32, label: I32, goal: Bools, gap: int) -> tuple[I64, I64]:
    """int64[units], the first goal event (-1 if none), and int64[units], labelled events since the last gap before."""
    offsets, time, code, label, goal = frozen(offsets), frozen(time), frozen(code), frozen(label), frozen(goal)
    row, before = np.full(len(offsets) - 1, -1, np.int64), np.zeros(len(offsets) - 1, np.int64)
    each(lambda lo, hi: _before(offsets, time, code, label, goal, gap, lo, hi, row, before), unit_ranges(offsets))
    return row, before
