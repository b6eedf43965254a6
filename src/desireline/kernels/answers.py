"""What should follow and does not, and what should not follow and does."""

import numpy as np

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges

NEVER = np.iinfo(np.int64).max


@compiled
def _unanswered(
    offsets: I64, time: I64, ask: Bools, reply: Bools, within: I64, index: I32, until: int, lo: int, hi: int,
    chance: Bools, hit: Bools,
) -> None:  # fmt: skip
    for u in range(lo, hi):
        answered = NEVER
        for i in range(offsets[u + 1] - 1, offsets[u] - 1, -1):
            if ask[i]:
                due = time[i] + within[index[i] if len(index) else -1]
                chance[i] = due <= until
                hit[i] = due <= until and answered > due
            if reply[i]:
                answered = time[i]


def unanswered(
    offsets: I64, time: I64, ask: Bools, reply: Bools, within: I64, index: I32, until: int
) -> tuple[Bools, Bools]:
    """Events that no reply follows in due time.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit.
        ask: bool[events], what wants a reply.
        reply: bool[events]; an event does not reply to itself.
        within: int64[n], µs; the last is for events without an index.
        index: int32[events] into `within`, -1 for the last; empty if no event has one.
        until: µs, the end of the observation: later than due.

    Returns:
        bool[events], asked and due; bool[events], of them those without a reply by then.
    """
    offsets, time, ask = frozen(offsets), frozen(time), frozen(ask)
    reply, within, index = frozen(reply), frozen(within), frozen(index)
    chance, hit = np.zeros((2, len(time)), np.bool_)
    each(
        lambda lo, hi: _unanswered(offsets, time, ask, reply, within, index, until, lo, hi, chance, hit),
        unit_ranges(offsets),
    )
    return chance, hit


@compiled
def _led_to(
    offsets: I64, time: I64, code: I32, within: I64, contact: Bools, until: int, lo: int, hi: int, chance: Bools,
    hit: Bools,
) -> None:  # fmt: skip
    for u in range(lo, hi):
        at = NEVER
        for i in range(offsets[u + 1] - 1, offsets[u] - 1, -1):
            if contact[i]:
                at = time[i]
                continue
            window = within[code[i]]
            if window < 0:
                continue
            hit[i] = at - time[i] <= window
            chance[i] = hit[i] or time[i] + window <= until
            if hit[i]:
                at = NEVER


def led_to(offsets: I64, time: I64, code: I32, within: I64, contact: Bools, until: int) -> tuple[Bools, Bools]:
    """Events that a contact follows in a while; a contact counts for the last such event before it alone.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit.
        code: int32[events].
        within: int64[codes], µs, how soon; -1 for events that do not count.
        contact: bool[events]; what is a contact is nothing else.
        until: µs, the end of the observation.

    Returns:
        bool[events], events that are followed or whose time to be followed is over; bool[events], those followed.
    """
    offsets, time = frozen(offsets), frozen(time)
    code, within, contact = frozen(code), frozen(within), frozen(contact)
    chance, hit = np.zeros((2, len(time)), np.bool_)
    each(lambda lo, hi: _led_to(offsets, time, code, within, contact, until, lo, hi, chance, hit), unit_ranges(offsets))
    return chance, hit
