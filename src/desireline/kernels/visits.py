"""Visits to touchpoints and what became of them: who came straight back, who went on, by time and segment."""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.periods import Periods, period_at
from desireline.kernels.pool import each, row_ranges, unit_ranges

U8 = npt.NDArray[np.uint8]

LOOP: Final = 0
GOAL: Final = 4
KINDS: Final = 5
"""0: back at the touchpoint by the next event or the one after it; 1 to 3: a target is next; 4: on to the goal."""


class Watch(NamedTuple):
    """What is watched of visits to each label.

    Attributes:
        label: int32[codes], -1 for events to skip.
        goal: bool[codes].
        target: int32[KINDS, labels], the label that people go on to, -1 where a kind is not watched; any other number
            for loops and the goal.
        within: int64[KINDS, labels], µs, how soon. A visit so soon after the last one to the same label is no new one.
    """

    label: I32
    goal: Bools
    target: I32
    within: I64

    def frozen(self) -> "Watch":
        """The same, in the form that kernels are compiled for."""
        return Watch(frozen(self.label), frozen(self.goal), frozen(self.target), frozen(self.within))


@compiled
def _outcome(watch: Watch, x: int, t: int, after: I64, goal_at: int) -> int:
    """A bit for each kind that holds of a visit at time t, given what comes after it.

    `after` holds label and time of the next two labelled events and of the next two with labels of their own: the
    first, and the first that is another.
    """
    hits, soon = 0, watch.within[LOOP, x]
    if (after[0] == x and after[1] - t <= soon) or (after[2] == x and after[3] - t <= soon):
        hits = 1
    other = after[4:6] if after[4] != x else after[6:8]
    for k in range(1, GOAL):
        y = watch.target[k, x]
        if y >= 0 and other[0] == y and other[1] - t <= watch.within[k, x]:
            hits |= 1 << k
    if goal_at >= 0 and goal_at - t <= watch.within[GOAL, x]:
        hits |= 1 << GOAL
    return hits


@compiled
def _begins(watch: Watch, x: int, gap: int, left: int) -> int:
    """A bit for each kind by which a visit counts: `gap` µs after the last one, `left` µs before observation ends."""
    found = 0
    for k in range(KINDS):
        if watch.target[k, x] >= 0 and gap > watch.within[k, x] and left >= watch.within[k, x]:
            found |= 1 << k
    return found


@compiled
def _visits(
    offsets: I64, time: I64, code: I32, watch: Watch, until: int, lo: int, hi: int, seen: I64, at: I64, row: I64,
    counts: U8, hits: U8,
) -> None:  # fmt: skip
    """Go backwards, so that what comes next is known; whether a visit is new shows at the one before it."""
    never, after = np.iinfo(np.int64).max, np.full(8, -1, np.int64)
    for u in range(lo, hi):
        goal_at = -1
        after[:] = -1
        for i in range(offsets[u + 1] - 1, offsets[u] - 1, -1):
            x, t = watch.label[code[i]], time[i]
            if x >= 0:
                if seen[x] == u:
                    counts[row[x]] = _begins(watch, x, at[x] - t, until - at[x])
                hits[i] = _outcome(watch, x, t, after, goal_at)
                seen[x], at[x], row[x] = u, t, i
                after[2], after[3], after[0], after[1] = after[0], after[1], x, t
                if after[4] != x:
                    after[6], after[7] = after[4], after[5]
                after[4], after[5] = x, t
            if watch.goal[code[i]]:
                goal_at = t
        for i in range(offsets[u], offsets[u + 1]):
            x = watch.label[code[i]]
            if x >= 0 and row[x] == i:
                counts[i] = _begins(watch, x, never, until - time[i])


def visits(offsets: I64, time: I64, code: I32, watch: Watch, until: int) -> tuple[U8, U8]:
    """Which events are visits that can be judged, and what became of them.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit.
        code: int32[events].
        watch: what is watched.
        until: µs, the end of observation: visits whose time to go on is not over then are not judged.

    Returns:
        uint8[events] twice: bit k is set if the event is a visit of kind k; and if it looped or went on.
    """
    offsets, time, code = frozen(offsets), frozen(time), frozen(code)
    watch = watch.frozen()
    counts, hits, labels = np.zeros(len(code), np.uint8), np.zeros(len(code), np.uint8), watch.target.shape[1]

    def part(lo: int, hi: int) -> None:
        seen, at, row = np.full(labels, -1, np.int64), np.zeros(labels, np.int64), np.full(labels, -1, np.int64)
        _visits(offsets, time, code, watch, until, lo, hi, seen, at, row, counts, hits)

    each(part, unit_ranges(offsets))
    return counts, hits


class Grid(NamedTuple):
    """Where visits are counted.

    Attributes:
        rows: int32[KINDS, labels], the row of each kind and label, -1 for none.
        segments: uint8[dimensions, events], the number of each event's value over all dimensions; 0 for none, which
            counts for everyone only.
        values: how many numbers there are, that of everyone (0) included.
        bins: of time.
    """

    rows: I32
    segments: U8
    values: int
    bins: Periods


@compiled
def _blank(blanks: I64, segments: U8, i: int, loop: bool, time: int, within: int) -> bool:
    """Whether a visit falls, until its time to go on is over, into a stretch that is explained already."""
    for b in range(len(blanks)):
        if (blanks[b, 0] != 0) == loop and time + within > blanks[b, 2] and time < blanks[b, 3]:
            if blanks[b, 1] == 0:
                return True
            for d in range(len(segments)):
                if segments[d, i] == blanks[b, 1]:
                    return True
    return False


@compiled
def _tabulate(
    time: I64, code: I32, counts: U8, hits: U8, watch: Watch, grid: Grid, blanks: I64, lo: int, hi: int,
    n: I32, o: I32,
) -> None:  # fmt: skip
    for i in range(lo, hi):
        if counts[i] == 0:
            continue
        x, b = watch.label[code[i]], period_at(grid.bins, time[i])
        for k in range(KINDS):
            row = grid.rows[k, x]
            if row < 0 or not (counts[i] >> k) & 1:
                continue
            if len(blanks) and _blank(blanks, grid.segments, i, k == LOOP, time[i], watch.within[k, x]):
                continue
            hit = (hits[i] >> k) & 1
            n[row * grid.values, b] += 1
            o[row * grid.values, b] += hit
            for d in range(len(grid.segments)):
                v = grid.segments[d, i]
                if v > 0:
                    n[row * grid.values + v, b] += 1
                    o[row * grid.values + v, b] += hit


def tabulate(time: I64, code: I32, found: tuple[U8, U8], watch: Watch, grid: Grid, blanks: I64) -> tuple[I32, I32]:
    """Visits by row, segment and bin of time, and those that looped or went on.

    Args:
        time: int64[events], µs.
        code: int32[events].
        found: from `visits`.
        watch: likewise.
        grid: where they are counted.
        blanks: int64[blanks, 4]: 1 for loops, else 0; number of a segment's value; from and to in µs. Visits of that
            kind and value that reach into that time are left out.

    Returns:
        int32[rows * values, bins] twice.
    """
    time, code, blanks = frozen(time), frozen(code), frozen(blanks)
    counts, hits = (frozen(part) for part in found)
    watch = watch.frozen()
    grid = grid._replace(rows=frozen(grid.rows), segments=frozen(grid.segments))
    shape = ((int(grid.rows.max(initial=-1)) + 1) * grid.values, len(grid.bins.starts) - 1)

    def part(lo: int, hi: int) -> tuple[I32, I32]:
        n, o = np.zeros(shape, np.int32), np.zeros(shape, np.int32)
        _tabulate(time, code, counts, hits, watch, grid, blanks, lo, hi, n, o)
        return n, o

    first, *others = each(part, row_ranges(len(code)))
    for n, o in others:
        first[0][:] += n
        first[1][:] += o
    return first


@compiled
def _mark(
    offsets: I64, code: I32, counts: U8, hits: U8, label: I32, wanted: I64, lo: int, hi: int, where: Bools, marks: U8
) -> None:
    for u in range(lo, hi):
        for i in range(offsets[u], offsets[u + 1]):
            if where[i] and label[code[i]] == wanted[1] and (counts[i] >> wanted[0]) & 1:
                marks[u] |= 1 << ((hits[i] >> wanted[0]) & 1)


def marked(offsets: I64, code: I32, found: tuple[U8, U8], label: I32, kind: int, wanted: int, where: Bools) -> U8:
    """uint8[units]: 2 for a visit that looped or went on, 1 for one that did not, 3 for both.

    Args:
        offsets: int64[units + 1].
        code: int32[events].
        found: from `visits`.
        label: int32[codes].
        kind: of visit.
        wanted: the label visited.
        where: bool[events], which events may count.
    """
    marks = np.zeros(len(offsets) - 1, np.uint8)
    offsets, code, label, where = frozen(offsets), frozen(code), frozen(label), frozen(where)
    counts, hits, pair = frozen(found[0]), frozen(found[1]), frozen(np.array([kind, wanted], np.int64))
    each(lambda lo, hi: _mark(offsets, code, counts, hits, label, pair, lo, hi, where, marks), unit_ranges(offsets))
    return marks
