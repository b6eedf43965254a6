"""Steps at risk: what becomes of every step before the goal, in one pass."""

from typing import Final, NamedTuple

import numpy as np

from desireline.kernels.arrays import I8, I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges

NO_ROW: Final = -2
CENSORED: Final = -1
ONWARD: Final = 0
CONVERT: Final = 1
DROP: Final = 2
CONTACT: Final = 3

LONGEST: Final = 1_000
"""Steps of a journey from its first that take part; one unit with a million events says nothing about many."""


class RiskRows(NamedTuple):
    """One entry an event.

    Attributes:
        outcome: int8, NO_ROW for events that are no step at risk; CENSORED where what follows was not observed.
        step: int32, number of the step in its journey from 1; 0 for events that are no step.
        since: int64, µs since the journey's first step.
    """

    outcome: I8
    step: I32
    since: I64


@compiled
def _rows(
    offsets: I64, time: I64, code: I32, label: I32, goal: Bools, contact: Bools, gap: int, until: int, lo: int, hi: int,
    outcome: I8, step: I32, since: I64,
) -> None:  # fmt: skip
    for u in range(lo, hi):
        before, number, start = -1, 0, 0
        for i in range(offsets[u], offsets[u + 1]):
            at_goal = goal[code[i]]
            if not at_goal and label[code[i]] < 0:
                continue
            if before >= 0 and time[i] - time[before] > gap:
                outcome[before], number = DROP, 0
            elif before >= 0:
                outcome[before] = CONVERT if at_goal else CONTACT if contact[code[i]] else ONWARD
            if before >= 0 and step[before] > LONGEST:
                outcome[before] = NO_ROW
            before = -1
            if at_goal:
                break
            start = time[i] if number == 0 else start
            number += 1
            step[i], since[i], before = number, time[i] - start, i
        if before >= 0 and number <= LONGEST:
            outcome[before] = DROP if until - time[before] > gap else CENSORED


def risk_rows(
    offsets: I64, time: I64, code: I32, label: I32, goal: Bools, contact: Bools, gap: int, until: int
) -> RiskRows:
    """What becomes of every step before a unit's first goal.

    A journey ends with the goal, or is dropped by a silence longer than `gap`, after which the next step begins
    another; the last step of a unit is censored if the observation ends before the silence is that long.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs.
        code: int32[events].
        label: int32[codes], what a step is at; -1 takes no part.
        goal: bool[codes]; they may have a label or not.
        contact: bool[codes], steps that seek help.
        gap: µs.
        until: µs, the end of the observation.
    """
    label, goal, contact = frozen(label), frozen(goal), frozen(contact)
    offsets, time, code = frozen(offsets), frozen(time), frozen(code)
    n = len(code)
    rows = RiskRows(np.full(n, NO_ROW, np.int8), np.zeros(n, np.int32), np.zeros(n, np.int64))
    each(
        lambda lo, hi: _rows(offsets, time, code, label, goal, contact, gap, until, lo, hi, *rows),
        unit_ranges(offsets),
    )
    return rows
