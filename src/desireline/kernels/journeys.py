"""Cut each person's events into journeys."""

import numpy as np

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled


def journeys(offsets: I64, time: I64, code: I32, starts: Bools, ends: Bools, gap: int) -> tuple[I64, I32]:
    """The journey of each event, -1 outside any, and the person of each journey.

    A journey begins with the first event (with an event of `starts`, if any code is one) after the last journey
    ended; it ends with an event of `ends` or before a silence longer than `gap`.

    Args:
        offsets: int64[persons + 1].
        time: int64[events], µs.
        code: int32[events].
        starts: bool[codes]; all False means that any event may begin a journey.
        ends: bool[codes].
        gap: µs.

    Returns:
        int64[events], numbered in the order of events, and int32[journeys].
    """
    return _cut(frozen(offsets), frozen(time), frozen(code), frozen(starts), frozen(ends), gap)


@compiled
def _cut(offsets: I64, time: I64, code: I32, starts: Bools, ends: Bools, gap: int) -> tuple[I64, I32]:
    anywhere = not starts.any()
    journey = np.empty(len(time), np.int64)
    owner = np.empty(len(time), np.int32)
    count = 0
    for person in range(len(offsets) - 1):
        is_open = False
        for e in range(offsets[person], offsets[person + 1]):
            if is_open and e > offsets[person] and time[e] - time[e - 1] > gap:
                is_open = False
            if not is_open and (anywhere or starts[code[e]]):
                is_open = True
                owner[count] = person
                count += 1
            journey[e] = count - 1 if is_open else -1
            if is_open and ends[code[e]]:
                is_open = False
    return journey, owner[:count].copy()
