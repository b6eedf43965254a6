"""The same again: a contact about what was not settled, and starting over in another channel."""

from typing import NamedTuple

import numpy as np

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges
from desireline.kernels.switches import Topics, _meet


@compiled
def _contacts(
    offsets: I64, time: I64, code: I32, channel: I32, contact: Bools, topic: I32, same: int, within: int, until: int,
    lo: int, hi: int, unit: I64, start: I64, last: I64, chance: Bools, hit: Bools,
) -> None:  # fmt: skip
    for u in range(lo, hi):
        for i in range(offsets[u], offsets[u + 1]):
            if not contact[i]:
                continue
            t = topic[i] + 1 if len(topic) else 0
            known = unit[t] == u
            old = start[t]
            if known and channel[code[i]] == channel[code[old]] and time[i] - last[t] <= same:
                last[t] = time[i]
                chance[old] = time[i] + within <= until
                continue
            if known and time[i] - last[t] <= within:
                chance[old], hit[old] = True, True
            unit[t], start[t], last[t] = u, i, time[i]
            chance[i] = time[i] + within <= until


def repeated_contacts(
    offsets: I64, time: I64, code: I32, channel: I32, contact: Bools, topic: I32, topics: int, same: int, within: int,
    until: int,
) -> tuple[Bools, Bools]:  # fmt: skip
    """Contacts after which the unit contacts again about the same topic, on whatever channel.

    Contact events on one channel with at most `same` µs between them are one contact, at its first event.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit.
        code: int32[events].
        channel: int32[codes].
        contact: bool[events].
        topic: int32[events], -1 for unknown (a topic of its own); empty if there are none.
        topics: how many there are.
        same: µs.
        within: µs from the last event of a contact to the next contact.
        until: µs, the end of the observation.

    Returns:
        bool[events], contacts that are followed or whose time to be followed is over; bool[events], those followed.
    """
    offsets, time, code = frozen(offsets), frozen(time), frozen(code)
    channel, contact, topic = frozen(channel), frozen(contact), frozen(topic)
    chance, hit = np.zeros((2, len(time)), np.bool_)

    def part(lo: int, hi: int) -> None:
        state = np.full((3, topics + 1), -1, np.int64)
        _contacts(
            offsets,
            time,
            code,
            channel,
            contact,
            topic,
            same,
            within,
            until,
            lo,
            hi,
            state[0],
            state[1],
            state[2],
            chance,
            hit,
        )

    each(part, unit_ranges(offsets))
    return chance, hit


class Again(NamedTuple):
    """What comes again after a change of channel.

    Attributes:
        chance: bool[events], first events of a topic in a stay, at most `within` after the stay before it.
        hit: bool[events], those of them whose topic that stay met at most `within` before.
        chances: int64[topics].
        hits: int64[topics].
        met: int64[topics], chances of any topic whose stay before met this one.
    """

    chance: Bools
    hit: Bools
    chances: I64
    hits: I64
    met: I64


@compiled
def _weigh(
    code: I32, time: I64, channel: I32, topics: Topics, first: int, last: int, since: int, weight: int, stamp: int,
    seen: I64, met: I64,
) -> None:  # fmt: skip
    """Add the weight to each topic of the events first to last from a moment on."""
    for j in range(last, first - 1, -1):
        if time[j] < since:
            break
        topic = topics.of[j if topics.by_event else code[j]]
        if channel[code[j]] >= 0 and topic >= 0 and seen[topic] != stamp:
            seen[topic] = stamp
            met[topic] += weight


@compiled
def _again(
    offsets: I64, time: I64, code: I32, channel: I32, topics: Topics, within: int, lo: int, hi: int, state: I64,
    also_met: I64, counts: I64, chance: Bools, hit: Bools,
) -> None:  # fmt: skip
    """Stays are numbered through all units; with each unit one number is left out, so that its first repeats none."""
    met, seen, stay = state[:, :4], state[:, 4], 0
    for u in range(lo, hi):
        stay += 2
        here, last, old_first, old_last, first, weight = -1, -1, -1, -1, -1, 0
        for i in range(offsets[u], offsets[u + 1]):
            into = channel[code[i]]
            if into < 0:
                continue
            if into != here:
                if weight:
                    since = time[first] - within
                    _weigh(code, time, channel, topics, old_first, old_last, since, weight, stay, seen, counts[2])
                stay += here >= 0
                old_first, old_last, first, weight = first, last, i, 0
            here, last = into, i
            place = i if topics.by_event else code[i]
            topic = topics.of[place]
            if topic < 0:
                continue
            new = met[topic, 0] != stay
            one = _meet(met, topic, stay, time[i], within)
            two = _meet(also_met, topics.also[place], stay, time[i], within)
            if new and old_last >= 0 and time[i] - time[old_last] <= within:
                chance[i], hit[i] = True, one or two
                counts[0, topic] += 1
                counts[1, topic] += one or two
                weight += 1
        if weight:
            since = time[first] - within
            _weigh(code, time, channel, topics, old_first, old_last, since, weight, stay, seen, counts[2])


def again_elsewhere(offsets: I64, time: I64, code: I32, channel: I32, topics: Topics, within: int) -> Again:
    """Events after a change of channel that are about what the last stay was about, at most `within` µs ago.

    A stay is a run of a unit's events in one channel. Each topic counts once a stay, at its first event.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit.
        code: int32[events].
        channel: int32[codes], -1 for events that do not interrupt a stay and take no part.
        topics: what events are about.
        within: µs.
    """
    offsets, time, code, channel = frozen(offsets), frozen(time), frozen(code), frozen(channel)
    asked = topics.frozen()
    chance, hit = np.zeros((2, len(time)), np.bool_)

    def part(lo: int, hi: int) -> I64:
        state, also = np.full((topics.n, 5), -1, np.int64), np.full((topics.also_n, 4), -1, np.int64)
        counts = np.zeros((3, topics.n), np.int64)
        _again(offsets, time, code, channel, asked, within, lo, hi, state, also, counts, chance, hit)
        return counts

    counts = np.sum(each(part, unit_ranges(offsets)), axis=0)
    return Again(chance, hit, counts[0], counts[1], counts[2])
