"""What units do outside a plan and how many events they spend at its steps, once their traces are aligned."""

from typing import NamedTuple

import numpy as np

from desireline.kernels.alignment import Plan
from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.condensing import Condensed
from desireline.kernels.deviations import Aligned
from desireline.kernels.pool import each, unit_ranges


class Strayed(NamedTuple):
    """What was counted.

    Attributes:
        times: int64[labels * (steps + 1)], touchpoints outside the plan: touchpoint * (steps + 1) + the step that was
            met before (from 1, 0 for none).
        people: likewise, units.
        effort: int64[steps], events at the touchpoints of each step, immediate repeats included.
        found: bool[units], units in the wanted cell.
    """

    times: I64
    people: I64
    effort: I64
    found: Bools


@compiled
def _stray(
    offsets: I64, code: I32, label: I32, known: int, starts: I64, first: I32, step: I32, wanted: int, lo: int, hi: int,
    times: I64, people: I64, last: I64, effort: I64, found: Bools,
) -> None:  # fmt: skip
    across = len(effort)
    for u in range(lo, hi):
        if starts[u] == starts[u + 1]:
            continue
        at, before, here, after, had = starts[first[u]], -1, -1, 0, people[wanted]
        for i in range(offsets[u], offsets[u + 1]):
            touched = label[np.uint32(code[i])]
            if touched < 0:
                continue
            if touched < known:
                if touched != before:
                    at += 1
                    here = step[at]
                    after = here + 1 if here >= 0 else after
                effort[here + 1] += 1
            elif touched != before:
                cell = touched * across + after
                times[cell] += 1
                if last[cell] != u:
                    last[cell] = u
                    people[cell] += 1
            before = touched
        found[u] = people[wanted] > had


def stray(
    offsets: I64, code: I32, label: I32, plan: Plan, condensed: Condensed, aligned: Aligned, first: I32,
    wanted: int = -1,
) -> Strayed:  # fmt: skip
    """Count what no path knows.

    Args:
        offsets: int64[units + 1].
        code: int32[events].
        label: int32[codes], as for `condense`.
        plan: what is allowed.
        condensed: the units' tokens.
        aligned: the same, aligned.
        first: int32[units], the first unit with the same tokens.
        wanted: a cell of `times` whose units are to be found.
    """
    offsets, code, label, first = frozen(offsets), frozen(code), frozen(label), frozen(first)
    starts, step, steps = frozen(condensed.starts), frozen(aligned.step), len(plan.required)
    known, size = plan.pair.shape[1] + plan.failing, plan.labels * (steps + 1)
    found = np.zeros(len(offsets) - 1, np.bool_)

    def part(lo: int, hi: int) -> tuple[I64, I64, I64]:
        times, people, effort = np.zeros(size, np.int64), np.zeros(size, np.int64), np.zeros(steps + 1, np.int64)
        last = np.full(size, -1, np.int64)
        _stray(offsets, code, label, known, starts, first, step, wanted, lo, hi, times, people, last, effort, found)
        return times, people, effort

    parts = each(part, unit_ranges(offsets))
    times, people, effort = (np.sum(column, axis=0) for column in zip(*parts, strict=True))
    return Strayed(times, people, effort[1:], found)
