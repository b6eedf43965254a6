"""Which units attribution counts: those that reach the goal, those that a touch precedes it for, those left over."""

from typing import Final

import numpy as np
import numpy.typing as npt

from desireline.kernels.arrays import I32, I64, frozen
from desireline.kernels.attribution import GOAL, rest_of
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, unit_ranges

U8 = npt.NDArray[np.uint8]

CONVERTED: Final = 1
TOUCHED: Final = 2
LEFT_OVER: Final = 4


@compiled
def _marks(
    offsets: I64, time: I64, code: I32, touch: I32, window: int, wanted: int, lo: int, hi: int, marks: U8
) -> None:  # fmt: skip
    for u in range(lo, hi):
        begin, end = offsets[u], offsets[u + 1]
        for i in range(begin, end):
            if touch[code[i]] != GOAL:
                continue
            marks[u] |= CONVERTED
            for k in range(i - 1, begin - 1, -1):
                if time[i] - time[k] > window:
                    break
                if touch[code[k]] == wanted:
                    marks[u] |= TOUCHED
                    break
            begin = i + 1
        if rest_of(time, code, touch, window, begin, end) < end:
            marks[u] |= LEFT_OVER


def marks(offsets: I64, time: I64, code: I32, touch: I32, window: int, wanted: int) -> U8:
    """What each unit is counted as.

    Args:
        offsets: int64[units + 1].
        time: int64[events], µs, ascending in each unit.
        code: int32[events].
        touch: int32[codes], the number of a touch, NO_TOUCH or GOAL.
        window: µs, how far before its end a path may begin.
        wanted: a touch.

    Returns:
        uint8[units], the sum of CONVERTED, TOUCHED (`wanted` is in the path of a goal) and LEFT_OVER (there are
        touches after the last goal).
    """
    offsets, time, code, touch = frozen(offsets), frozen(time), frozen(code), frozen(touch)
    found = np.zeros(len(offsets) - 1, np.uint8)
    each(lambda lo, hi: _marks(offsets, time, code, touch, window, wanted, lo, hi, found), unit_ranges(offsets))
    return found
