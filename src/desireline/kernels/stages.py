"""People by stage and touchpoint, who goes on, drops off, comes back or changes channel: one pass over the events.

Stages are numbered in the order of the map, so "later" is "a larger number". -1 is no stage, touchpoint or channel.
"""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges

U8 = npt.NDArray[np.uint8]

UNSEEN: Final = 0
PENDING: Final = 1
GONE_ON: Final = 2
CAME_BACK: Final = 3
"""What a unit has done with a stage so far; at its end PENDING means that it never went on."""

NEVER: Final = np.iinfo(np.int64).min
"""The time of the last event of a code that has none."""


class Events(NamedTuple):
    """offsets int64[units + 1], no unit empty; time int64[events], µs, ascending in a unit; code int32[events]."""

    offsets: I64
    time: I64
    code: I32

    def frozen(self) -> "Events":
        """The same, in the form that kernels are compiled for."""
        return Events(frozen(self.offsets), frozen(self.time), frozen(self.code))


class Tables(NamedTuple):
    """Look-ups by event code: int32[codes], and `closes` bool[codes], the events that end a journey."""

    stage: I32
    touchpoint: I32
    channel: I32
    closes: Bools

    def frozen(self) -> "Tables":
        """The same, in the form that kernels are compiled for."""
        return Tables(frozen(self.stage), frozen(self.touchpoint), frozen(self.channel), frozen(self.closes))


class StageCounts(NamedTuple):
    """What the pass counts, for S stages, T touchpoints, C channels.

    Attributes:
        people, dropped, open, loops: int64[S], units.
        onward: int64[S, S], units by stage and the first later stage after their first event in it.
        met: int64[T], units by touchpoint.
        switches: int64[S, C, C], units by stage, channel, and channel of the next event with stage and channel.
        events, last: int64[codes], events and last time (`NEVER` if none) by event code.
    """

    people: I64
    dropped: I64
    open: I64
    loops: I64
    onward: I64
    met: I64
    switches: I64
    events: I64
    last: I64


class Walk(NamedTuple):
    """One unit's dealings with each stage: state uint8[S], first later stage int32[S], first time or wait int64[S]."""

    state: U8
    later: I32
    wait: I64


@compiled
def _walk(events: Events, unit: int, stage: I32, walk: Walk) -> None:
    """Follow one unit. Below `low` no stage is pending, so most events settle nothing and cost two comparisons."""
    state, later, wait = walk
    state[:] = UNSEEN
    low = len(state)
    for i in range(events.offsets[unit], events.offsets[unit + 1]):
        s = stage[events.code[i]]
        if s < 0:
            continue
        if state[s] == UNSEEN:
            state[s] = PENDING
            wait[s] = events.time[i]
            low = min(low, s)
        elif state[s] == GONE_ON:
            state[s] = CAME_BACK
        if s > low:
            for r in range(low, s):
                if state[r] == PENDING:
                    state[r] = GONE_ON
                    later[r] = s
                    wait[r] = events.time[i] - wait[r]
            low = s
            while low < len(state) and state[low] != PENDING:
                low += 1


@compiled
def _is_open(events: Events, unit: int, closes: Bools, open_from: int) -> bool:
    last = events.offsets[unit + 1] - 1
    return bool(events.time[last] >= open_from and not closes[events.code[last]])


@compiled
def _count_events(events: Events, unit: int, tables: Tables, seen: tuple[I32, I32], counts: StageCounts) -> None:
    """One unit's events by code; the unit once for each touchpoint and for each (stage, channel, next channel)."""
    seen_touchpoint, seen_switch = seen
    at, came = -1, -1
    for i in range(events.offsets[unit], events.offsets[unit + 1]):
        c = events.code[i]
        counts.events[c] += 1
        counts.last[c] = max(counts.last[c], events.time[i])
        t = tables.touchpoint[c]
        if t >= 0 and seen_touchpoint[t] != unit:
            seen_touchpoint[t] = unit
            counts.met[t] += 1
        s, channel = tables.stage[c], tables.channel[c]
        if s < 0 or channel < 0:
            continue
        if at >= 0 and channel != came and seen_switch[at, came, channel] != unit:
            seen_switch[at, came, channel] = unit
            counts.switches[at, came, channel] += 1
        at, came = s, channel


@compiled
def _pass(events: Events, tables: Tables, part: tuple[int, int, int], counts: StageCounts, waits: I64) -> None:
    """Units [lo, hi) of `part` = (lo, hi, open_from); row s of `waits` is filled with `onward[s].sum()` waits."""
    lo, hi, open_from = part
    stages = len(counts.people)
    walk = Walk(np.zeros(stages, np.uint8), np.zeros(stages, np.int32), np.zeros(stages, np.int64))
    seen = np.full(len(counts.met), -1, np.int32), np.full(counts.switches.shape, -1, np.int32)
    filled = np.zeros(stages, np.int64)
    for unit in range(lo, hi):
        _walk(events, unit, tables.stage, walk)
        _count_events(events, unit, tables, seen, counts)
        is_open = _is_open(events, unit, tables.closes, open_from)
        for s in range(stages):
            state = walk.state[s]
            counts.people[s] += state != UNSEEN
            counts.open[s] += state == PENDING and is_open
            counts.dropped[s] += state == PENDING and not is_open
            counts.loops[s] += state == CAME_BACK
            if state >= GONE_ON:
                counts.onward[s, walk.later[s]] += 1
                waits[s, filled[s]] = walk.wait[s]
                filled[s] += 1


def count_stages(
    events: Events, tables: Tables, sizes: tuple[int, int, int], open_from: int
) -> tuple[StageCounts, list[I64]]:
    """Count all units.

    Args:
        events: of all units.
        tables: see there.
        sizes: number of stages, touchpoints and channels.
        open_from: µs; a unit whose last event is at or after it, and does not close a journey, is open.

    Returns:
        The counts, and for each stage int64[those who went on]: µs from the first event in it to the first later
        event in a later stage, in no particular order.
    """
    events, tables = events.frozen(), tables.frozen()

    def count(lo: int, hi: int) -> tuple[StageCounts, I64]:
        counts = _nothing(sizes, len(tables.stage))
        waits = np.empty((sizes[0], hi - lo), np.int64)
        _pass(events, tables, (lo, hi, open_from), counts, waits)
        return counts, waits

    parts = each(count, unit_ranges(events.offsets))
    waited = [np.concatenate([waits[s, : counts.onward[s].sum()] for counts, waits in parts]) for s in range(sizes[0])]
    return _merged([counts for counts, _ in parts]), waited


def _nothing(sizes: tuple[int, int, int], codes: int) -> StageCounts:
    stages, touchpoints, channels = sizes
    return StageCounts(
        people=np.zeros(stages, np.int64),
        dropped=np.zeros(stages, np.int64),
        open=np.zeros(stages, np.int64),
        loops=np.zeros(stages, np.int64),
        onward=np.zeros((stages, stages), np.int64),
        met=np.zeros(touchpoints, np.int64),
        switches=np.zeros((stages, channels, channels), np.int64),
        events=np.zeros(codes, np.int64),
        last=np.full(codes, NEVER, np.int64),
    )


def _merged(parts: list[StageCounts]) -> StageCounts:
    sums = StageCounts(*(np.sum(counts, axis=0) for counts in zip(*parts, strict=True)))
    return sums._replace(last=np.max([part.last for part in parts], axis=0))


# --- who is in a cell --------------------------------------------------------------------------------------


@compiled
def _one_stage(
    events: Events, tables: Tables, of: int, part: tuple[int, int, int], found: tuple[U8, I32, Bools]
) -> None:
    lo, hi, open_from = part
    states, onward, is_open = found
    stages = int(tables.stage.max()) + 1
    walk = Walk(np.zeros(stages, np.uint8), np.zeros(stages, np.int32), np.zeros(stages, np.int64))
    for unit in range(lo, hi):
        _walk(events, unit, tables.stage, walk)
        states[unit] = walk.state[of]
        onward[unit] = walk.later[of] if walk.state[of] >= GONE_ON else -1
        is_open[unit] = _is_open(events, unit, tables.closes, open_from)


def one_stage(events: Events, tables: Tables, of: int, open_from: int) -> tuple[U8, I32, Bools]:
    """Each unit's dealings with stage `of`, by the same rules as `count_stages`.

    Returns:
        uint8[units] (`UNSEEN` … `CAME_BACK`), int32[units] the later stage it went on to first or -1, and
        bool[units] whether its journey is open.
    """
    events, tables = events.frozen(), tables.frozen()
    units = len(events.offsets) - 1
    found = np.zeros(units, np.uint8), np.full(units, -1, np.int32), np.zeros(units, np.bool_)
    if of <= tables.stage.max(initial=-1):
        parts = unit_ranges(events.offsets)
        each(lambda lo, hi: _one_stage(events, tables, of, (lo, hi, open_from), found), parts)
    return found


@compiled
def _switched(
    events: Events, tables: Tables, switch: tuple[int, int, int], part: tuple[int, int], found: Bools
) -> None:
    of, from_, to = switch
    for unit in range(*part):
        at, came = -1, -1
        for i in range(events.offsets[unit], events.offsets[unit + 1]):
            s, channel = tables.stage[events.code[i]], tables.channel[events.code[i]]
            if s < 0 or channel < 0:
                continue
            if at == of and came == from_ and channel == to:
                found[unit] = True
                break
            at, came = s, channel


def switched(events: Events, tables: Tables, switch: tuple[int, int, int]) -> Bools:
    """bool[units]: who made a `switch` = (stage, channel, next channel), as `count_stages` counts them."""
    events, tables = events.frozen(), tables.frozen()
    found = np.zeros(len(events.offsets) - 1, np.bool_)
    each(lambda lo, hi: _switched(events, tables, switch, (lo, hi), found), unit_ranges(events.offsets))
    return found
