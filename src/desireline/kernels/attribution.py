"""One pass over the touches before each goal: what every attribution model needs, by random group of persons.

A path holds the touches of a unit since its last goal, or since its beginning; what follows the last goal is a null.
The sums are kept apart for groups of persons, so that a bootstrap over the groups is one over the persons.
"""

from math import exp2
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I32, I64, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges

F64 = npt.NDArray[np.float64]

NO_TOUCH: Final = -1
GOAL: Final = -2
"""What a code is, where it is not the number of a touch."""

FIRST, LAST, LAST_NON_DIRECT, LINEAR, TIME_DECAY, POSITION, SHAPLEY = range(7)
RULES: Final = 7
CONVERSIONS, VALUE, UNATTRIBUTED, NULLS = range(4)
TOTALS: Final = 4
NO_WINDOW: Final = np.iinfo(np.int64).max


class Walks(NamedTuple):
    """The events to walk along.

    Attributes:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit.
        code: int32[events].
        group: int32[units], the group of each unit, or its person if `hashed`.
        weight: float64[units], how often the unit counts; empty for once each.
        value: float64[events], the worth of goals, NaN for none; empty if there are no values.
        hashed: whether `group` are persons, to be thrown into groups by a hash.
    """

    offsets: I64
    time: I64
    code: I32
    group: I32
    weight: F64
    value: F64
    hashed: bool


class Asked(NamedTuple):
    """How paths are made and what they credit.

    Attributes:
        touch: int32[codes], the number of a touch, NO_TOUCH or GOAL.
        touches: how many touches there are.
        direct: bool[touches], the touches that `last_non_direct` passes over.
        order: how many of the last touches a state of the chain remembers, 1 to 3.
        window: µs, how far before its end a path may begin.
        half_life: µs, after which a touch has half the weight in time decay; 0 for time decay that nobody asks for, as
            reading times and raising powers is half of the work.
        by_value: whether a conversion credits its value, not 1.
    """

    touch: I32
    touches: int
    direct: npt.NDArray[np.bool_]
    order: int
    window: int
    half_life: float
    by_value: bool


class Sums(NamedTuple):
    """What the pass adds up, for G groups, T touches and S states of the chain.

    Attributes:
        credit: float64[G, RULES, T].
        steps: float64[G, S, T + 2], transitions to a touch, to the goal and to nothing. State 0 is the start, then
            come the runs of one touch, of two, …, each in the order of their numbers written to the base T.
        reward: float64[G, S], credit of the conversions after each state.
        totals: float64[G, TOTALS].
        people: int64[T + 1], units with a goal after that touch; the last, units with a goal at all.
    """

    credit: F64
    steps: F64
    reward: F64
    totals: F64
    people: I64


class _Path(NamedTuple):
    """The touches of one path: how many, of how many kinds, from which event on; which are first and last."""

    touches: int
    kinds: int
    start: int
    first: int
    last: int
    last_non_direct: int
    fading: float


class _Scratch(NamedTuple):
    """By touch: how often in this path, with which weight by age; `kinds` lists them; `seen` by which unit last."""

    often: F64
    fading: F64
    kinds: I64
    seen: I64


def states(touches: int, order: int) -> int:
    """How many states the chain has: the start, and every run of at most `order` touches.

    >>> states(8, 1), states(8, 2)
    (9, 73)
    """
    return sum(touches**k for k in range(order + 1))


# Arrays go into these functions one by one: taken out of a tuple in a loop, each would count its references.


@compiled
def _behind(
    time: I64, code: I32, touch: I32, direct: npt.NDArray[np.bool_], window: int, half_life: float,
    count: F64, fading: F64, kinds: I64, begin: int, goal: int,
) -> _Path:  # fmt: skip
    """Look back from a goal to the beginning of its path."""
    touches, kept, start, first, last, other, whole, latest = 0, 0, goal, -1, -1, -1, 0.0, 0
    timed = half_life > 0.0 or window < NO_WINDOW
    end = time[goal] if timed else 0
    for i in range(goal - 1, begin - 1, -1):
        here = touch[np.uint32(code[i])]
        if here < 0:
            continue
        now = time[i] if timed else 0
        if end - now > window:
            break
        if touches == 0:
            last, latest = here, now
        if other < 0 and not direct[here]:
            other = here
        if count[here] == 0.0:
            kinds[kept] = here
            kept += 1
        # the age is taken from the last touch: the scale cancels out, and the sum is never zero
        weight = exp2((now - latest) / half_life) if half_life > 0.0 else 1.0
        count[here] += 1.0
        fading[here] += weight
        whole += weight
        touches += 1
        start, first = i, here
    return _Path(touches, kept, start, first, last, last if other < 0 else other, whole)


@compiled
def _credit(
    path: _Path, count: F64, fading: F64, kinds: I64, worth: float, credit: F64, group: np.uint64,
    unit: int, seen: I64, people: I64,
) -> None:  # fmt: skip
    """Share the worth of a conversion out among the touches of its path, by every rule; count the unit for each."""
    credit[group, FIRST, path.first] += worth
    credit[group, LAST, path.last] += worth
    credit[group, LAST_NON_DIRECT, path.last_non_direct] += worth
    ends = worth * (0.4 if path.touches > 2 else 0.5)
    between = worth * 0.2 / (path.touches - 2) if path.touches > 2 else 0.0
    credit[group, POSITION, path.first] += ends - between
    credit[group, POSITION, path.last] += ends - between
    for k in range(path.kinds):
        here = kinds[k]
        credit[group, LINEAR, here] += worth * count[here] / path.touches
        credit[group, TIME_DECAY, here] += worth * fading[here] / path.fading
        credit[group, POSITION, here] += between * count[here]
        credit[group, SHAPLEY, here] += worth / path.kinds
        count[here] = fading[here] = 0.0
        people[here] += seen[here] != unit + 1
        seen[here] = unit + 1


@compiled
def _chain(
    code: I32, touch: I32, touches: int, order: int, begin: int, end: int, weight: float, steps: F64, group: np.uint64
) -> int:  # fmt: skip
    """Count the transitions from touch to touch in a path; its last state, 0 without touches."""
    state = 0
    if order == 1:
        for i in range(begin, end):
            here = touch[np.uint32(code[i])]
            if here >= 0:
                steps[group, state, here] += weight
                state = here + 1
        return state
    base, level, length, one_before, two_before = 0, 1, 0, 0, 0
    for i in range(begin, end):
        here = touch[np.uint32(code[i])]
        if here >= 0:
            steps[group, state, here] += weight
            if length < order:
                base, level, length = base + level, level * touches, length + 1
            state = base + here + touches * (one_before + touches * two_before)
            two_before = one_before if order > 2 else 0
            one_before = here
    return state


@compiled
def rest_of(time: I64, code: I32, touch: I32, window: int, begin: int, end: int) -> int:
    """Where the touches after the last goal begin: within the window before the last of them; `end` without any."""
    last = end - 1
    while last >= begin and touch[np.uint32(code[last])] < 0:
        last -= 1
    start = last
    while start > begin and time[last] - time[start - 1] <= window:
        start -= 1
    return start if start >= begin else end


@compiled
def _group(hashed: bool, of: int, groups: int) -> np.uint64:
    """The group of a unit: as given, or by Fibonacci hashing of its person."""
    if hashed:
        return (np.uint64(of) * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(32)) * np.uint64(groups) >> np.uint64(32)
    return np.uint64(of)


@compiled
def _sums(walks: Walks, asked: Asked, groups: int, lo: int, hi: int, scratch: _Scratch, sums: Sums) -> None:
    offsets, time, code, group_of, weight_of, value_of, hashed = walks
    touch, touches, direct, order, window, half_life, by_value = asked
    count, fading, kinds, seen = scratch
    credit, steps, reward, totals, people = sums
    at_once = order == 1 and window == NO_WINDOW
    unit, begin, end, group, weight, state = lo - 1, 0, offsets[lo], np.uint64(0), 0.0, 0
    # one loop over all events, not one in each unit: the ends of loops that short are mispredicted
    for i in range(offsets[lo], offsets[hi] + 1):
        if i == end:
            if unit >= lo and not at_once:
                start = rest_of(time, code, touch, window, begin, end)
                state = _chain(code, touch, touches, order, start, end, weight, steps, group)
            if state:
                steps[group, state, touches + 1] += weight
                totals[group, NULLS] += weight
            unit += 1
            if unit == hi:
                break
            begin, end, state, group = i, offsets[unit + 1], 0, _group(hashed, group_of[unit], groups)
            weight = weight_of[unit] if len(weight_of) else 1.0
        here = touch[np.uint32(code[i])]
        if here >= 0 and at_once:
            steps[group, state, here] += weight
            state = here + 1
        elif here == GOAL:
            people[touches] += begin == offsets[unit]
            value = value_of[i] if len(value_of) and not np.isnan(value_of[i]) else 0.0
            worth = value if by_value else weight
            totals[group, CONVERSIONS] += weight
            totals[group, VALUE] += value
            path = _behind(time, code, touch, direct, window, half_life, count, fading, kinds, begin, i)
            totals[group, UNATTRIBUTED] += 0.0 if path.touches else weight
            if path.touches:
                _credit(path, count, fading, kinds, worth, credit, group, unit, seen, people)
                if not at_once:
                    state = _chain(code, touch, touches, order, path.start, i, weight, steps, group)
                steps[group, state, touches] += weight
                reward[group, state] += worth
            begin, state = i + 1, 0


def path_sums(walks: Walks, asked: Asked, groups: int) -> Sums:
    """Walk along all units once.

    Args:
        walks: the events; the touches of a unit and its goals.
        asked: what is a touch and what a goal.
        groups: how many groups the sums are kept apart for; more than any of `walks.group` if that is not hashed.
    """
    walks = Walks(
        frozen(walks.offsets), frozen(walks.time), frozen(walks.code), frozen(walks.group), frozen(walks.weight),
        frozen(walks.value), walks.hashed,
    )  # fmt: skip
    asked = asked._replace(touch=frozen(asked.touch), direct=frozen(asked.direct))
    touches, kept = asked.touches, states(asked.touches, asked.order)

    def part(lo: int, hi: int) -> Sums:
        sums = Sums(
            np.zeros((groups, RULES, touches)), np.zeros((groups, kept, touches + 2)), np.zeros((groups, kept)),
            np.zeros((groups, TOTALS)), np.zeros(touches + 1, np.int64),
        )  # fmt: skip
        numbers = np.zeros((2, touches)), np.zeros((2, touches), np.int64)
        _sums(walks, asked, groups, lo, hi, _Scratch(*numbers[0], *numbers[1]), sums)
        return sums

    parts = each(part, unit_ranges(walks.offsets, per_worker=1))
    return Sums(*(sum(column[1:], column[0]) for column in zip(*parts, strict=True)))
