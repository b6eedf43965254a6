"""Who comes back how many periods after a start: one pass over the events, two short lists of periods for each unit."""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.periods import Periods, period_at
from desireline.kernels.pool import each, unit_ranges

U8 = npt.NDArray[np.uint8]

STARTS, RETURNS = 1, 2
"""Bits of what an event is."""


class Comings(NamedTuple):
    """What starts and what returns.

    Attributes:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit, all within `periods`.
        code: int32[events].
        role: uint8[codes], `STARTS` | `RETURNS`.
        group: int32[events], cohort that an event starts; empty if all start the same.
        periods: the calendar.
        again: whether a unit starts anew in every period that has a start event, not only in the first.
    """

    offsets: I64
    time: I64
    code: I32
    role: U8
    group: I32
    periods: Periods
    again: bool

    def frozen(self) -> "Comings":
        """The same, in the form that kernels are compiled for."""
        arrays = (frozen(self.offsets), frozen(self.time), frozen(self.code), frozen(self.role), frozen(self.group))
        return Comings(*arrays, self.periods, self.again)


class Columns(NamedTuple):
    """Where a return is counted.

    Attributes:
        of: int32[periods], column of a return so many periods after the start; `n` for nowhere.
        n: how many columns.
        last_only: whether only a unit's last return counts.
    """

    of: I32
    n: int
    last_only: bool


class _Room(NamedTuple):
    """Room for one unit's starts (row of the count, period, event) and returns (period, last event in it), from 1."""

    row: I64
    begun: I64
    start: I64
    back: I64
    back_at: I64


@compiled
def _room(comings: Comings) -> _Room:
    room = np.empty((5, len(comings.periods.starts)), np.int64)
    return _Room(room[0], room[1], room[2], room[3], room[4])


@compiled
def _visit(comings: Comings, unit: int, room: _Room) -> tuple[int, int]:
    """List a unit's starts, the first in each period or the first at all, and its returns, none before a start."""
    periods = len(comings.periods.starts) - 1
    starts, backs, last_start, last_back = 0, 0, -1, -1
    for i in range(comings.offsets[unit], comings.offsets[unit + 1]):
        role = comings.role[np.uint32(comings.code[i])]
        at = period_at(comings.periods, comings.time[i])
        if (role & STARTS) != 0 and (starts == 0 or (comings.again and at != last_start)):
            group = np.int64(comings.group[i]) if len(comings.group) else np.int64(0)
            starts += 1
            room.row[starts], room.begun[starts], room.start[starts] = group * periods + at, at, i
            last_start = at
        if (role & RETURNS) != 0 and starts > 0:
            backs += at != last_back
            room.back[backs], room.back_at[backs] = at, i
            last_back = at
    return starts, backs


@compiled
def _first_start(comings: Comings, unit: int) -> int:
    """The place of a unit's first start, or where the unit ends."""
    i, last = comings.offsets[unit], comings.offsets[unit + 1]
    while i < last and (comings.role[np.uint32(comings.code[i])] & STARTS) == 0:
        i += 1
    return int(i)


@compiled
def _count_once(
    comings: Comings, columns: Columns, always: bool, lo: int, hi: int, people: I64, returned: I64
) -> None:  # fmt: skip
    """Count units with one start each, without a branch on the data; `always`: every event returns.

    `returned` is flat, and all places are unsigned: nothing has to be checked or turned around.
    """
    width, none, one = np.uint64(columns.n + 1), np.uint64(columns.n + 1), np.uint64(1)
    periods = np.uint64(len(comings.periods.starts) - 1)
    for unit in range(lo, hi):
        i, last = np.uint64(_first_start(comings, unit)), np.uint64(comings.offsets[unit + 1])
        if i == last:
            continue
        begun = np.uint64(period_at(comings.periods, comings.time[i]))
        row = begun + periods * np.uint64(comings.group[i]) if len(comings.group) else begun
        people[row] += 1
        row *= width
        before = none
        if columns.last_only:
            k = last - one
            while k > i and not (always or (comings.role[np.uint32(comings.code[k])] & RETURNS) != 0):
                k -= one
            i = k
        while i < last:
            since = np.uint64(period_at(comings.periods, comings.time[i])) - begun
            column = np.uint64(columns.of[since])
            comes = always or (comings.role[np.uint32(comings.code[i])] & RETURNS) != 0
            returned[row + column] += comes & (column != before)
            before = column if comes else before
            i += one


@compiled
def _count_again(comings: Comings, columns: Columns, lo: int, hi: int, people: I64, returned: I64) -> None:
    """Count units that start anew in every period; `returned` is flat."""
    room, width = _room(comings), columns.n + 1
    for unit in range(lo, hi):
        starts, backs = _visit(comings, unit, room)
        first = 1
        for s in range(1, starts + 1):
            row, begun = room.row[s], room.begun[s]
            people[row] += 1
            while first <= backs and (
                room.back[first] < begun or (room.back[first] == begun and room.back_at[first] < room.start[s])
            ):
                first += 1
            before = -1
            for b in range(max(first, backs) if columns.last_only else first, backs + 1):
                column = columns.of[room.back[b] - begun]
                returned[row * width + column] += column != before
                before = column


@compiled
def _mark(comings: Comings, columns: Columns, rows: Bools, wanted: int, lo: int, hi: int, found: Bools) -> None:
    """Mark units with a start in the rows and, unless `wanted` is below 0, a return counted in that column."""
    room = _room(comings)
    for unit in range(lo, hi):
        starts, backs = _visit(comings, unit, room)
        for s in range(1, starts + 1):
            if not rows[room.row[s]]:
                continue
            hit = wanted < 0
            for b in range(1, backs + 1):
                since = room.back[b] - room.begun[s]
                if since > 0 or (since == 0 and room.back_at[b] >= room.start[s]):
                    column = columns.of[since]
                    hit |= column == wanted or (columns.last_only and wanted <= column < columns.n)
            found[unit] |= hit


def count_returns(comings: Comings, columns: Columns, groups: int = 1) -> tuple[I64, I64]:
    """Units by the cohort and period they start in, and of those the ones that return in each column.

    A return is a returning event in a later period, or in the start period at or after the start event.

    Returns:
        int64[groups, periods]; a unit counts once for each period in which it starts.
        int64[groups, periods, columns]; with `last_only` in the column of the unit's last return alone.
    """
    comings, periods = comings.frozen(), len(comings.periods.starts) - 1
    columns = columns._replace(of=frozen(columns.of))
    always = bool((comings.role & RETURNS).all())

    def part(lo: int, hi: int) -> tuple[I64, I64]:
        people = np.zeros(groups * periods, np.int64)
        returned = np.zeros(groups * periods * (columns.n + 1), np.int64)
        if comings.again:
            _count_again(comings, columns, lo, hi, people, returned)
        else:
            _count_once(comings, columns, always, lo, hi, people, returned)
        return people, returned.reshape(-1, columns.n + 1)[:, :-1]

    parts = each(part, unit_ranges(comings.offsets))
    people: I64 = np.sum([p for p, _ in parts], axis=0)
    returned: I64 = np.sum([r for _, r in parts], axis=0)
    return people.reshape(groups, periods), returned.reshape(groups, periods, columns.n)


def units_returning(comings: Comings, columns: Columns, rows: Bools, column: int | None) -> Bools:
    """bool[units]: who starts in one of the rows (bool[groups, periods]) and returns in a column (None: or not).

    With `last_only`, who returns in that column or a later one.
    """
    comings, columns = comings.frozen(), columns._replace(of=frozen(columns.of))
    found, wanted = np.zeros(len(comings.offsets) - 1, np.bool_), -1 if column is None else column
    rows = frozen(rows.reshape(-1))
    each(lambda lo, hi: _mark(comings, columns, rows, wanted, lo, hi, found), unit_ranges(comings.offsets))
    return found
