"""Events at which something happens, counted by cell: how often, by how many units, of how many it could happen to."""

from typing import NamedTuple

import numpy as np

from desireline.kernels.arrays import F64, I8, I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges

COUNT, CHANCES, PEOPLE, EXPOSED, MONTHLY = range(5)
NEVER = np.iinfo(np.int64).max


class Events(NamedTuple):
    """Events in units; `cell` is int32[codes], -1 for those that take no part."""

    offsets: I64
    time: I64
    code: I32
    cell: I32

    def frozen(self) -> "Events":
        """The same, in the form that kernels are compiled for."""
        return Events(frozen(self.offsets), frozen(self.time), frozen(self.code), frozen(self.cell))


class Tally(NamedTuple):
    """By cell.

    Attributes:
        hits: int64[cells].
        chances: int64[cells], chances.
        people: int64[cells], units with a hit.
        exposed: int64[cells], units with a chance.
        monthly: int64[cells], pairs of a unit and a whole month with a hit.
        first, last: int64[cells], µs, of hits; NEVER where there is none (last: -NEVER).
    """

    hits: I64
    chances: I64
    people: I64
    exposed: I64
    monthly: I64
    first: I64
    last: I64


@compiled
def _tally(
    events: Events, hit: Bools, chance: Bools, until: int, month: int, months: int, lo: int, hi: int,
    counts: I64, first: I64, last: I64,
) -> None:  # fmt: skip
    cells = counts.shape[1]
    affected, exposed, monthly = (
        np.full(cells, -1, np.int64),
        np.full(cells, -1, np.int64),
        np.full(cells, -1, np.int64),
    )
    for u in range(lo, hi):
        for i in range(events.offsets[u], events.offsets[u + 1]):
            c = events.cell[events.code[i]]
            if c < 0:
                continue
            if len(chance) == 0 or chance[i]:
                counts[CHANCES, c] += 1
                counts[EXPOSED, c] += exposed[c] != u
                exposed[c] = u
            if not hit[i]:
                continue
            counts[COUNT, c] += 1
            counts[PEOPLE, c] += affected[c] != u
            affected[c] = u
            first[c] = min(first[c], events.time[i])
            last[c] = max(last[c], events.time[i])
            back = (until - events.time[i]) // month
            if back < months:
                counts[MONTHLY, c] += monthly[c] != u * months + back
                monthly[c] = u * months + back


def tally(events: Events, cells: int, hit: Bools, chance: Bools | None, until: int, month: int, months: int) -> Tally:
    """Count hits and chances by cell.

    Args:
        events: in units.
        cells: how many there are.
        hit: bool[events].
        chance: bool[events], where a hit could be; None for every event of a cell.
        until: µs, the end of the observation.
        month: µs; `months` of them before `until` are whole.
        months: at least one.
    """
    events, hit = events.frozen(), frozen(hit)
    could = frozen(np.zeros(0, np.bool_) if chance is None else chance)

    def part(lo: int, hi: int) -> tuple[I64, I64, I64]:
        counts, first, last = np.zeros((5, cells), np.int64), np.full(cells, NEVER), np.full(cells, -NEVER)
        _tally(events, hit, could, until, month, months, lo, hi, counts, first, last)
        return counts, first, last

    parts = each(part, unit_ranges(events.offsets))
    counts = np.sum([p[0] for p in parts], axis=0)
    first, last = np.min([p[1] for p in parts], axis=0), np.max([p[2] for p in parts], axis=0)
    return Tally(counts[0], counts[1], counts[2], counts[3], counts[4], first, last)


@compiled
def _expected(events: Events, chance: Bools, rate: F64, kind: I8, lo: int, hi: int, people: F64) -> None:
    spared, met = np.ones(len(people), np.float64), np.empty(len(people), np.int64)
    for u in range(lo, hi):
        n, own = 0, rate[kind[u]]
        for i in range(events.offsets[u], events.offsets[u + 1]):
            c = events.cell[events.code[i]]
            if c < 0 or not (len(chance) == 0 or chance[i]):
                continue
            if spared[c] == 1.0:
                met[n] = c
                n += 1
            spared[c] *= 1.0 - own[c]
        for k in range(n):
            people[met[k]] += 1.0 - spared[met[k]]
            spared[met[k]] = 1.0


def expected_people(events: Events, chance: Bools | None, rate: F64, kind: I8) -> F64:
    """float64[cells]: units that a hit is expected of, if each chance is one with the rate of its cell, by itself.

    Args:
        events: in units.
        chance: bool[events]; None for every event of a cell.
        rate: float64[kinds, cells], in [0, 1], by kind of unit.
        kind: int8[units].
    """
    events, could = events.frozen(), frozen(np.zeros(0, np.bool_) if chance is None else chance)
    # A rate of 0 would leave a cell looking unmet, so that it would be listed again and again.
    rate, kind = frozen(np.maximum(rate, 1e-12)), frozen(kind)

    def part(lo: int, hi: int) -> F64:
        people = np.zeros(rate.shape[1], np.float64)
        _expected(events, could, rate, kind, lo, hi, people)
        return people

    total: F64 = np.sum(each(part, unit_ranges(events.offsets)), axis=0)
    return total


@compiled
def _by_kind(events: Events, hit: Bools, chance: Bools, kind: I8, lo: int, hi: int, counts: I64) -> None:
    for u in range(lo, hi):
        for i in range(events.offsets[u], events.offsets[u + 1]):
            c = events.cell[events.code[i]]
            if c >= 0 and chance[i]:
                counts[0, kind[u], c] += 1
                counts[1, kind[u], c] += hit[i]


def by_kind(events: Events, cells: int, hit: Bools, chance: Bools, kind: I8, kinds: int) -> I64:
    """int64[2, kinds, cells]: chances and hits by kind of unit (int8[units]) and cell."""
    events, hit, chance, kind = events.frozen(), frozen(hit), frozen(chance), frozen(kind)

    def part(lo: int, hi: int) -> I64:
        counts = np.zeros((2, kinds, cells), np.int64)
        _by_kind(events, hit, chance, kind, lo, hi, counts)
        return counts

    total: I64 = np.sum(each(part, unit_ranges(events.offsets)), axis=0)
    return total


@compiled
def _units(events: Events, rows: Bools, wanted: int, lo: int, hi: int, found: Bools) -> None:
    for u in range(lo, hi):
        for i in range(events.offsets[u], events.offsets[u + 1]):
            if events.cell[events.code[i]] == wanted and (len(rows) == 0 or rows[i]):
                found[u] = True
                break


def units_with(events: Events, rows: Bools | None, cell: int) -> Bools:
    """bool[units]: which have an event of the cell that is set in `rows`; None for any event of it."""
    events, chosen = events.frozen(), frozen(np.zeros(0, np.bool_) if rows is None else rows)
    found = np.zeros(len(events.offsets) - 1, np.bool_)
    each(lambda lo, hi: _units(events, chosen, cell, lo, hi, found), unit_ranges(events.offsets))
    return found
