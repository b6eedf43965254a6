"""How long people take from one channel to another, and whether the same comes again there."""

import numpy as np

from desireline.kernels.arrays import I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges
from desireline.kernels.stages import Events, Tables


@compiled
def _cross(
    offsets: I64, time: I64, code: I32, stage: I32, channel: I32, touchpoint: I32, name: I32, pair_of: I32,
    within: int, lo: int, hi: int, waits: I64, pairs: I32, repeated: I64,
) -> int:  # fmt: skip
    """Units [lo, hi): their first crossing of each pair; returns how many there are."""
    seen, n = np.full(len(repeated), -1, np.int64), 0
    for unit in range(lo, hi):
        before = -1
        for i in range(offsets[unit], offsets[unit + 1]):
            c = code[i]
            if stage[c] < 0 or channel[c] < 0:
                continue
            old = code[before] if before >= 0 else c
            pair = pair_of[stage[old], channel[old], channel[c]]
            if channel[old] != channel[c] and pair >= 0 and seen[pair] != unit:
                seen[pair] = unit
                wait = time[i] - time[before]
                waits[n], pairs[n] = wait, pair
                n += 1
                same = touchpoint[old] == touchpoint[c] or name[old] == name[c]
                repeated[pair] += same and wait <= within
            before = i
    return n


def crossings(events: Events, tables: Tables, name: I32, pairs: I32, within: int) -> tuple[list[I64], I64]:
    """Each unit's first crossing of each pair of channels after an event of a stage, as `stages.count_stages` sees it.

    Args:
        events: of all units.
        tables: look-ups by event code.
        name: int32[codes], the event's name.
        pairs: int32[stages, channels, channels]: the number of a crossing from 0, -1 for those not wanted.
        within: µs; what comes later is no repeat.

    Returns:
        For each pair int64[units that cross], µs between the two events, in no particular order; and int64[pairs], how
        many of these units meet the same touchpoint or event name with the second event.
    """
    events, tables, name, pair_of = events.frozen(), tables.frozen(), frozen(name), frozen(pairs)
    n = int(pairs.max(initial=-1)) + 1

    def part(lo: int, hi: int) -> tuple[I64, I32, I64]:
        most = int(events.offsets[hi] - events.offsets[lo])
        waits, which, repeated = np.empty(most, np.int64), np.empty(most, np.int32), np.zeros(n, np.int64)
        found = _cross(
            *events, tables.stage, tables.channel, tables.touchpoint, name, pair_of, within, lo, hi, waits, which,
            repeated,
        )  # fmt: skip
        return waits[:found].copy(), which[:found].copy(), repeated

    done = each(part, unit_ranges(events.offsets))
    waits, which = np.concatenate([d[0] for d in done]), np.concatenate([d[1] for d in done])
    order = np.argsort(which, kind="stable")
    cuts = np.searchsorted(which[order], np.arange(n + 1))
    repeated: I64 = np.sum([d[2] for d in done], axis=0)
    return [waits[order[cuts[k] : cuts[k + 1]]] for k in range(n)], repeated
