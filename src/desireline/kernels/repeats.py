"""The same again: a contact about what was not settled, and starting over in another channel."""

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


@compiled
def _again(
    offsets: I64, time: I64, code: I32, channel: I32, topics: Topics, within: int, lo: int, hi: int, met: I64,
    also_met: I64, chance: Bools, hit: Bools,
) -> None:  # fmt: skip
    """Stays are numbered through all units; with each unit one number is left out, so that its first repeats none."""
    stay = 0
    for u in range(lo, hi):
        stay += 2
        here, left, last, moved = -1, 0, 0, False
        for i in range(offsets[u], offsets[u + 1]):
            into = channel[code[i]]
            if into < 0:
                continue
            if into != here and here >= 0:
                stay += 1
                left, moved = last, True
            here, last = into, time[i]
            place = i if topics.by_event else code[i]
            topic = topics.of[place]
            if topic < 0:
                continue
            new = met[topic, 0] != stay
            one = _meet(met, topic, stay, time[i], within)
            two = _meet(also_met, topics.also[place], stay, time[i], within)
            if new and moved and time[i] - left <= within:
                chance[i], hit[i] = True, one or two


def again_elsewhere(
    offsets: I64, time: I64, code: I32, channel: I32, topics: Topics, within: int
) -> tuple[Bools, Bools]:
    """Events after a change of channel that are about what the last one was about, at most `within` µs ago.

    A stay is a run of a unit's events in one channel. Each topic counts once a stay, at its first event.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit.
        code: int32[events].
        channel: int32[codes], -1 for events that do not interrupt a stay and take no part.
        topics: what events are about.
        within: µs.

    Returns:
        bool[events], first events of a topic in a stay, at most `within` after the stay before it; bool[events], those
        of them whose topic that stay met at most `within` before.
    """
    offsets, time, code, channel = frozen(offsets), frozen(time), frozen(code), frozen(channel)
    asked = topics.frozen()
    chance, hit = np.zeros((2, len(time)), np.bool_)

    def part(lo: int, hi: int) -> None:
        met, also = np.full((topics.n, 4), -1, np.int64), np.full((topics.also_n, 4), -1, np.int64)
        _again(offsets, time, code, channel, asked, within, lo, hi, met, also, chance, hit)

    each(part, unit_ranges(offsets))
    return chance, hit
