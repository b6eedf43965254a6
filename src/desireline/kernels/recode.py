"""Codes of what two columns say together."""

import numpy as np

from desireline.kernels.arrays import I32, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, row_ranges

TABLE = 1 << 24
"""Up to so many possible pairs a table of all of them is faster than sorting."""


@compiled
def _mark(code: I32, index: I32, width: int, lo: int, hi: int, present: Bools) -> None:
    for i in range(lo, hi):
        present[code[i] * width + index[i] + 1] = True


@compiled
def _number(code: I32, index: I32, width: int, number: I32, lo: int, hi: int, out: I32) -> None:
    for i in range(lo, hi):
        out[i] = number[code[i] * width + index[i] + 1]


def recode(code: I32, index: I32, codes: int, width: int) -> tuple[I32, I64]:
    """Number the distinct pairs of two columns, in the order of the pairs.

    Args:
        code: int32[n], in [0, codes).
        index: int32[n], in [-1, width - 1): a second column, -1 for none.
        codes: how many codes there are.
        width: how many values the second column can have, none among them.

    Returns:
        int32[n], the pair of each row; and int64[pairs], each pair as `code * width + index + 1`.
    """
    code, index = frozen(code), frozen(index)
    rows = row_ranges(len(code))
    if codes * width > TABLE:
        seen, pair = np.unique(code.astype(np.int64) * width + index + 1, return_inverse=True)
        return pair.astype(np.int32), seen
    present = np.zeros(codes * width, np.bool_)
    each(lambda lo, hi: _mark(code, index, width, lo, hi, present), rows)
    number = frozen(np.cumsum(present, dtype=np.int32) - np.int32(1))
    out = np.empty(len(code), np.int32)
    each(lambda lo, hi: _number(code, index, width, number, lo, hi, out), rows)
    return out, np.flatnonzero(present)
