"""Switches from one channel to another: what they are about, whether they make people repeat themselves, who uses what.

A stay is a run of a unit's events in one channel; events without a channel do not interrupt it. A switch leads from one
stay to the next.
"""

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges

U64 = npt.NDArray[np.uint64]

WORD = 64


class Topics(NamedTuple):
    """What an event is about.

    Attributes:
        of: int32, by code or by event; -1 for none.
        also: int32, likewise: a second thing, by which events can be the same.
        by_event: whether these go by event.
        n: how many there are in `of`.
        also_n: how many there are in `also`.
    """

    of: I32
    also: I32
    by_event: bool
    n: int
    also_n: int

    def frozen(self) -> "Topics":
        """The same, in the form that kernels are compiled for."""
        return self._replace(of=frozen(self.of), also=frozen(self.also))


@compiled
def _meet(met: I64, topic: int, stay: int, now: int, within: int) -> bool:
    """Note a topic; whether the stay before this one met it not longer ago than `within`.

    A row of `met` holds the last stay that met the topic and when, then the last stay before that one and when.
    """
    if topic < 0:
        return False
    if met[topic, 0] != stay:
        met[topic, 2], met[topic, 3] = met[topic, 0], met[topic, 1]
        met[topic, 0] = stay
    met[topic, 1] = now
    return bool(met[topic, 2] == stay - 1 and now - met[topic, 3] <= within)


@compiled
def _walk(
    offsets: I64, time: I64, code: I32, channel: I32, pair_of: I64, topics: Topics, within: int, lo: int, hi: int,
    met: I64, also_met: I64, about: I64, repeated: I64, found: Bools,
) -> None:  # fmt: skip
    """Count the topic of each switch, and those that repeat; mark the units of the latter.

    Stays are numbered through all units; no switch leads to a unit's first one, so that it repeats nothing.
    """
    channels, stay = int(np.sqrt(len(pair_of))), 0
    for unit in range(lo, hi):
        stay += 1
        here, pair = -1, -1
        for i in range(offsets[unit], offsets[unit + 1]):
            into: int = channel[code[i]]
            if into < 0:
                continue
            place = i if topics.by_event else code[i]
            topic = topics.of[place]
            if into != here and here >= 0:
                stay += 1
                pair = pair_of[here * channels + into]
                if pair >= 0 and topic >= 0:
                    about[pair, topic] += 1
            here = into
            one = _meet(met, topic, stay, time[i], within)
            other = len(also_met) > 0 and _meet(also_met, topics.also[place], stay, time[i], within)
            if pair >= 0 and (one or other):
                repeated[pair] += 1
                found[unit] = True
                pair = -1


def switch_topics(
    offsets: I64, time: I64, code: I32, channel: I32, pairs: I64, topics: Topics, within: int
) -> tuple[I64, I64, Bools]:
    """What switches are about, and which are followed by a repeat.

    A switch repeats if an event of the stay that it begins is about the same as one of the stay before, by either of
    the two `Topics`, and at most `within` later. Its own topic is that of the first event after it.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit.
        code: int32[events].
        channel: int32[codes], -1 for events to skip.
        pairs: int64[channels, channels], ascending from 0 for the pairs to count, -1 for others.
        topics: what events are about.
        within: µs.

    Returns:
        int64[pairs, topics], switches by pair and topic; int64[pairs], switches that repeat; bool[units], who does.
    """
    offsets, time, code, channel = frozen(offsets), frozen(time), frozen(code), frozen(channel)
    pair_of, topics, n = frozen(pairs.reshape(-1)), topics.frozen(), int(pairs.max(initial=-1)) + 1
    found, same = np.zeros(len(offsets) - 1, np.bool_), np.array_equal(topics.of, topics.also)

    def part(lo: int, hi: int) -> tuple[I64, I64]:
        about, repeated = np.zeros((n, topics.n), np.int64), np.zeros(n, np.int64)
        met, also_met = np.zeros((topics.n, 4), np.int64), np.zeros((0 if same else topics.also_n, 4), np.int64)
        _walk(offsets, time, code, channel, pair_of, topics, within, lo, hi, met, also_met, about, repeated, found)
        return about, repeated

    parts = each(part, unit_ranges(offsets))
    return np.sum([a for a, _ in parts], axis=0), np.sum([r for _, r in parts], axis=0), found


@compiled
def _sets(offsets: I64, code: I32, channel: I32, lo: int, hi: int, sets: U64) -> None:
    for unit in range(lo, hi):
        for i in range(offsets[unit], offsets[unit + 1]):
            here = channel[code[i]]
            if here >= 0:
                sets[unit, here // WORD] |= np.uint64(1) << np.uint64(here % WORD)


def channel_sets(offsets: I64, code: I32, channel: I32, channels: int) -> U64:
    """uint64[units, words]: channel k of each unit in bit k % 64 of word k // 64."""
    offsets, code, channel = frozen(offsets), frozen(code), frozen(channel)
    sets = np.zeros((len(offsets) - 1, -(-channels // WORD) or 1), np.uint64)
    each(lambda lo, hi: _sets(offsets, code, channel, lo, hi, sets), unit_ranges(offsets))
    return sets
