"""Transitions of episodes by day, and the same when people exchange the days on which their episodes began."""

from typing import NamedTuple

import numpy as np

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.periods import Periods, period_at
from desireline.kernels.pool import each, ranges, unit_ranges

SECOND = 1_000_000
WEEK = 7


class Episodes(NamedTuple):
    """Runs of labelled events of a unit without a long silence, and their transitions.

    Attributes:
        unit: int32[episodes], ascending.
        start: int64[episodes], µs.
        edges: int64[episodes + 1]; transitions of episode e are edges[e]:edges[e + 1].
        day: int32[transitions], the day of the event before.
        pair: int32[transitions], -1 for pairs that are not counted.
        age: int32[transitions], seconds from the start of the episode to the event after.
    """

    unit: I32
    start: I64
    edges: I64
    day: I32
    pair: I32
    age: I32


@compiled
def _size(offsets: I64, time: I64, code: I32, label: I32, silence: int, lo: int, hi: int, sizes: I64) -> None:
    for u in range(lo, hi):
        events, episodes, before = 0, 0, 0
        for i in range(offsets[u], offsets[u + 1]):
            if label[code[i]] >= 0:
                episodes += events == 0 or time[i] - before > silence
                events += 1
                before = time[i]
        sizes[u, 0], sizes[u, 1] = episodes, events - episodes


@compiled
def _fill(
    offsets: I64, time: I64, code: I32, label: I32, pair_of: I32, days: Periods, silence: int, at: I64,
    lo: int, hi: int, found: Episodes,
) -> None:  # fmt: skip
    labels = int(np.sqrt(len(pair_of)))
    for u in range(lo, hi):
        episode, item, here, before, day = at[u, 0], at[u, 1], -1, 0, 0
        for i in range(offsets[u], offsets[u + 1]):
            into = label[code[i]]
            if into < 0:
                continue
            if here < 0 or time[i] - before > silence:
                found.unit[episode], found.start[episode], found.edges[episode] = u, time[i], item
                episode += 1
            else:
                found.day[item] = day
                found.pair[item] = pair_of[here * labels + into]
                found.age[item] = (time[i] - found.start[episode - 1]) // SECOND
                item += 1
            here, before, day = into, time[i], period_at(days, time[i])


def episodes(offsets: I64, time: I64, code: I32, label: I32, pairs: I32, days: Periods, silence: int) -> Episodes:
    """The episodes of all units.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit.
        code: int32[events].
        label: int32[codes], -1 for events to skip.
        pairs: int32[labels, labels], the number of each pair to count, -1 for others.
        days: which hold all times.
        silence: µs; a longer one ends an episode.
    """
    offsets, time, code, label = frozen(offsets), frozen(time), frozen(code), frozen(label)
    pair_of, units = frozen(pairs.reshape(-1)), len(offsets) - 1
    sizes, at = np.zeros((units, 2), np.int64), np.zeros((units + 1, 2), np.int64)
    each(lambda lo, hi: _size(offsets, time, code, label, silence, lo, hi, sizes), unit_ranges(offsets))
    at[1:] = np.cumsum(sizes, axis=0)
    n, items = at[-1].tolist()
    columns = (np.zeros(items, np.int32) for _ in range(3))
    found = Episodes(np.zeros(n, np.int32), np.zeros(n, np.int64), np.zeros(n + 1, np.int64), *columns)
    found.edges[-1] = items
    at = frozen(at)
    work = unit_ranges(offsets)
    each(lambda lo, hi: _fill(offsets, time, code, label, pair_of, days, silence, at, lo, hi, found), work)
    return found


class Starts(NamedTuple):
    """Who may exchange starting days with whom.

    Attributes:
        first: int64[units + 1]; episodes of unit u are first[u]:first[u + 1].
        day: int32[episodes], on which it began.
        order: int64[units], units by group.
        groups: int64[groups + 1], edges in `order`; the units of a group have equally many episodes.
        step: days: exchanged days differ by a multiple of it.
    """

    first: I64
    day: I32
    order: I64
    groups: I64
    step: int


@compiled
def _partners(starts: Starts, seed: int) -> I64:
    """With whom each unit exchanges: a random order within each group (Fisher and Yates)."""
    np.random.seed(seed)
    mixed, partner = starts.order.copy(), np.empty(len(starts.order), np.int64)
    for g in range(len(starts.groups) - 1):
        lo = starts.groups[g]
        for i in range(starts.groups[g + 1] - 1, lo, -1):
            k = np.random.randint(lo, i + 1)
            kept = mixed[i]
            mixed[i] = mixed[k]
            mixed[k] = kept
    for i in range(len(mixed)):
        partner[starts.order[i]] = mixed[i]
    return partner


@compiled
def _exchange(
    starts: Starts, edges: I64, day: I32, pair: I32, window_of: I32, seed: int, lo: int, hi: int, counts: I32
) -> None:
    last = len(window_of) - 1
    for k in range(lo, hi):
        partner = _partners(starts, seed + k)
        table = counts[k]
        for u in range(len(partner)):
            for e in range(starts.first[u], starts.first[u + 1]):
                other = starts.first[partner[u]] + e - starts.first[u]
                gap = int(starts.day[other]) - int(starts.day[e])
                shift = starts.step * int(np.round(gap / starts.step))
                for i in range(edges[e], edges[e + 1]):
                    table[window_of[min(max(day[i] + shift, 0), last)], pair[i]] += 1


def exchanged(
    starts: Starts, edges: I64, day: I32, pair: I32, window_of: I32, pairs: int, times: int, seed: int
) -> I32:
    """Transitions by window when people exchange their starting days, so many times.

    Args:
        starts: who exchanges what.
        edges: int64[episodes + 1], into the transitions.
        day: int32[transitions].
        pair: int32[transitions], each >= 0.
        window_of: int32[days].
        pairs: how many there are.
        times: how often.
        seed: of the first time.

    Returns:
        int32[times, windows, pairs].
    """
    starts = Starts(frozen(starts.first), frozen(starts.day), frozen(starts.order), frozen(starts.groups), starts.step)
    edges, day, pair, window_of = frozen(edges), frozen(day), frozen(pair), frozen(window_of)
    counts = np.zeros((times, int(window_of[-1]) + 1, pairs), np.int32)
    each(
        lambda lo, hi: _exchange(starts, edges, day, pair, window_of, seed, lo, hi, counts),
        ranges(times, min(times, 16)),
    )
    return counts


@compiled
def _mark(unit: I32, edges: I64, pair: I32, wanted: int, keep: Bools, lo: int, hi: int, found: Bools) -> None:
    for e in range(lo, hi):
        for i in range(edges[e], edges[e + 1]):
            found[unit[e]] |= keep[i] and pair[i] == wanted


def units_with(unit: I32, edges: I64, pair: I32, wanted: int, keep: Bools, units: int) -> Bools:
    """bool[units]: who has a transition of the wanted pair among those to keep (bool[transitions])."""
    found = np.zeros(units, np.bool_)
    _mark(frozen(unit), frozen(edges), frozen(pair), wanted, frozen(keep), 0, len(unit), found)
    return found
