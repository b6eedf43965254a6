"""Who reaches which small step, before a goal or at all, in one pass."""

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges

REACHED: Final = 1
BEFORE: Final = 2
CONVERTED: Final = 4


class Reach(NamedTuple):
    """How many units reach each of S steps.

    Attributes:
        people: int64[S], at any time.
        before: int64[S], before their first goal, or without a goal.
        converted: int64[S + 1], those of `before` that reach the goal; the last, all that reach it.
    """

    people: I64
    before: I64
    converted: I64


@compiled
def _reach(
    offsets: I64, code: I32, goal: Bools, edges: I64, steps: I32, lo: int, hi: int, seen: I64, met: I64,
    people: I64, before: I64, converted: I64,
) -> None:  # fmt: skip
    for u in range(lo, hi):
        known, at_goal = 0, -1
        for i in range(offsets[u], offsets[u + 1]):
            here = np.uint32(code[i])
            if at_goal < 0 and goal[here]:
                at_goal = known
            for k in range(edges[here], edges[here + 1]):
                if seen[steps[k]] != u + 1:
                    seen[steps[k]] = u + 1
                    met[known] = steps[k]
                    known += 1
        converted[len(people)] += at_goal >= 0
        for k in range(known):
            people[met[k]] += 1
            before[met[k]] += at_goal < 0 or k < at_goal
            converted[met[k]] += k < at_goal


def reach(offsets: I64, code: I32, goal: Bools, edges: I64, steps: I32, many: int) -> Reach:
    """Count the units by step.

    Args:
        offsets: int64[units + 1].
        code: int32[events].
        goal: bool[codes].
        edges: int64[codes + 1]; code c stands for the steps `steps[edges[c]:edges[c + 1]]`.
        steps: int32, each less than `many`.
        many: how many steps there are.
    """
    offsets, code, goal, edges, steps = frozen(offsets), frozen(code), frozen(goal), frozen(edges), frozen(steps)

    def part(lo: int, hi: int) -> Reach:
        counts = Reach(np.zeros(many, np.int64), np.zeros(many, np.int64), np.zeros(many + 1, np.int64))
        _reach(offsets, code, goal, edges, steps, lo, hi, np.zeros(many, np.int64), np.zeros(many, np.int64), *counts)
        return counts

    parts = each(part, unit_ranges(offsets, per_worker=1))
    return Reach(*(np.sum(column, axis=0) for column in zip(*parts, strict=True)))


@compiled
def _marks(offsets: I64, code: I32, goal: Bools, step: Bools, lo: int, hi: int, marks: npt.NDArray[np.uint8]) -> None:
    for u in range(lo, hi):
        for i in range(offsets[u], offsets[u + 1]):
            if goal[code[i]]:
                marks[u] |= CONVERTED
            if step[code[i]]:
                marks[u] |= REACHED if marks[u] & CONVERTED else REACHED | BEFORE


def marks(offsets: I64, code: I32, goal: Bools, step: Bools) -> npt.NDArray[np.uint8]:
    """uint8[units], the sum of REACHED the step, BEFORE the goal (or without), and CONVERTED; bool[codes] each."""
    offsets, code, goal, step = frozen(offsets), frozen(code), frozen(goal), frozen(step)
    found = np.zeros(len(offsets) - 1, np.uint8)
    each(lambda lo, hi: _marks(offsets, code, goal, step, lo, hi, found), unit_ranges(offsets))
    return found
