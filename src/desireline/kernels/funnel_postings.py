"""The ordered funnel over the lists of its steps: step by step instead of event by event."""

from typing import NamedTuple

import numpy as np

from desireline.kernels.arrays import I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each
from desireline.kernels.postings import Posting


class Chains(NamedTuple):
    """Every event that a chain to some step can end with, by unit.

    Attributes:
        units: int32[units], ascending.
        first: int32[…], the events of a unit: by unit, or by place in `units`.
        position: int32[events].
        time: int64[events], µs.
        start: int64[events], µs, the latest first event of such a chain.
    """

    units: I32
    first: I32
    position: I32
    time: I64
    start: I64


@compiled
def _link(
    units: I32, by_unit: bool, chains: Chains, step: Posting, within: int, longer: Chains, waits: I64, gaps: I64
) -> tuple[int, int]:
    """Lengthen chains by one step: how many events they can end with, and of how many units.

    `by_unit`: whether `chains.first` goes by unit. Waits and gaps are of each unit's earliest such event.
    """
    _, first, position, time, start = chains
    step_first, _, step_position, step_time = step
    long_units, long_first, long_position, long_time, long_start = longer
    n, d = 0, 0
    for x in range(len(units)):
        u = units[x]
        f = u if by_unit else x
        begin, end, at = first[f], first[f + 1], first[f]
        before = n
        for j in range(step_first[u], step_first[u + 1] if begin < end else 0):
            while at < end and position[at] < step_position[j]:
                at += 1
            if at == begin or (within >= 0 and step_time[j] - start[at - 1] > within):
                continue
            if n == before:
                waits[d], gaps[d] = step_time[j] - start[at - 1], step_time[j] - time[at - 1]
            long_position[n], long_time[n], long_start[n] = step_position[j], step_time[j], start[at - 1]
            n += 1
        if n > before:
            long_units[d], long_first[d] = u, before
            d += 1
    long_first[d] = n
    return n, d


def funnel(steps: list[list[Posting]], within: int | None) -> tuple[list[int], list[I64], list[I64]]:
    """What `kernels.funnel` finds, from the lists of each step.

    Args:
        steps: for each step its list for each part of the units.
        within: µs, None for no limit.

    Returns:
        Units that reached each step; for each step after the first their waits and their gaps, in the order of units.
    """
    limit = -1 if within is None else within

    def part(number: int) -> list[tuple[I64, I64]]:
        begin = steps[0][number]
        chains, found = Chains(begin.units, begin.first, begin.position, begin.time, begin.time), []
        for k, lists in enumerate(steps[1:]):
            step = lists[number]
            # By unit, the fewer of both need be looked at.
            fewer = step.units if k == 0 and len(step.units) < len(chains.units) else chains.units
            events, units = len(step.position), len(fewer)
            longer = Chains(
                np.empty(units, np.int32), np.empty(units + 1, np.int32), np.empty(events, np.int32),
                np.empty(events, np.int64), np.empty(events, np.int64),
            )  # fmt: skip
            waits, gaps = np.empty((2, units), np.int64)
            n, d = _link(fewer, k == 0, chains, step, limit, longer, waits, gaps)
            chains = _cut(longer, n, d)
            found.append((waits[:d], gaps[:d]))
        return found

    parts = each(part, [(number,) for number in range(len(steps[0]))])
    waits, gaps = ([np.concatenate([p[k][which] for p in parts]) for k in range(len(steps) - 1)] for which in (0, 1))
    return [sum(len(p.units) for p in steps[0]), *map(len, waits)], waits, gaps


def _cut(chains: Chains, events: int, units: int) -> Chains:
    """Only what is filled, in the form that kernels are compiled for."""
    return Chains(
        frozen(chains.units[:units]), frozen(chains.first[: units + 1]), frozen(chains.position[:events]),
        frozen(chains.time[:events]), frozen(chains.start[:events]),
    )  # fmt: skip
