"""How many units meet each of several things, a thing being any set of event codes: in all, and by part of a window."""

import numpy as np

from desireline.kernels.arrays import I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges
from desireline.kernels.stages import Events


@compiled
def _present(
    offsets: I64, time: I64, code: I32, of_from: I32, of: I32, edges: I64, lo: int, hi: int, met: I64, active: I64,
    everyone: I64,
) -> None:  # fmt: skip
    parts = len(edges) - 1
    seen = np.full(len(met), -1, np.int64)
    for unit in range(lo, hi):
        part, here = 0, -1
        for i in range(offsets[unit], offsets[unit + 1]):
            c = code[i]
            while part + 1 < parts and time[i] >= edges[part + 1]:
                part += 1
            everyone[part] += part != here
            here = part
            for j in range(of_from[c], of_from[c + 1]):
                k = of[j]
                now = unit * parts + part
                if seen[k] != now:
                    met[k] += seen[k] < unit * parts
                    active[part, k] += 1
                    seen[k] = now


def presence(events: Events, of_from: I32, of: I32, things: int, edges: I64) -> tuple[I64, I64, I64]:
    """Count all units.

    Args:
        events: of all units.
        of_from: int32[codes + 1].
        of: int32[n]; code c is of the things of[of_from[c]:of_from[c + 1]].
        things: how many there are.
        edges: int64[parts + 1], µs, where the parts of the window begin, and its end; every event is in one of them.

    Returns:
        int64[things], units that met the thing; int64[parts, things], those that did so in the part; int64[parts],
        those with any event in the part.
    """
    events, of_from, of, edges = events.frozen(), frozen(of_from), frozen(of), frozen(edges)

    def part(lo: int, hi: int) -> tuple[I64, I64, I64]:
        parts = len(edges) - 1
        counts = np.zeros(things, np.int64), np.zeros((parts, things), np.int64), np.zeros(parts, np.int64)
        _present(*events, of_from, of, edges, lo, hi, *counts)
        return counts

    met, active, everyone = (
        np.sum(column, axis=0) for column in zip(*each(part, unit_ranges(events.offsets)), strict=True)
    )
    return met, active, everyone
