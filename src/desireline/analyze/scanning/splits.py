"""Where a row of transitions is best cut into before and after, and how sure that is."""

from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from desireline.analyze.scanning.extremes import p_of
from desireline.analyze.scope import F64, I64

EXPECTED = 5
"""The least expected count of a cell; rarer targets are taken together."""
SIDE, SHARE = 20, 0.05
"""Each side of a cut holds so many transitions of the row and this share of them at least."""


@dataclass(frozen=True, eq=False)
class Row:
    """Transitions from one touchpoint.

    Attributes:
        pairs: int64[targets], which pairs the columns are, -1 for the rarer ones taken together.
        seen: float64[windows, targets].
        exchanged: float64[times, windows, targets], had people begun on other days.
    """

    pairs: I64
    seen: F64
    exchanged: F64


class Split(NamedTuple):
    """The best cut of windows [lo, hi): `at` is the first window after it; `gain` its G; `p` of so great a maximum."""

    at: int
    gain: float
    p: float


def row_of(pairs: I64, seen: npt.NDArray[Any], exchanged: npt.NDArray[Any]) -> Row | None:
    """A row of its pairs (int64[targets]); None if it has less than two targets or too few transitions.

    Args:
        pairs: the pairs that lead from one touchpoint.
        seen: [windows, all pairs].
        exchanged: [times, windows, all pairs].
    """
    totals = seen[:, pairs].sum(axis=0)
    n = int(totals.sum())
    common = totals >= max(2 * EXPECTED, EXPECTED * n / max(n * SHARE, SIDE) / 2)
    if n < 2 * SIDE or common.sum() < 1 or len(pairs) < 2:
        return None
    some, rare = pairs[common], pairs[~common]
    return Row(
        np.append(some, -1) if len(rare) else some,
        _together(seen, some, rare),
        _together(exchanged, some, rare),
    )


def _together(counts: npt.NDArray[Any], some: I64, rare: I64) -> F64:
    kept: F64 = counts[..., some].astype(np.float64)
    if not len(rare):
        return kept
    return np.concatenate((kept, counts[..., rare].sum(axis=-1, keepdims=True)), axis=-1)


def gains(counts: F64) -> F64:
    """The G statistic of a cut before each window: twice the log likelihood ratio of two rows against one.

    Args:
        counts: float64[..., windows, targets].

    Returns:
        float64[..., windows]: cut w has windows [0, w) before it; 0 where a side has too few transitions.
    """
    before = np.cumsum(counts, axis=-2) - counts
    total = counts.sum(axis=-2, keepdims=True)
    sides = np.stack((before, total - before))
    size = sides.sum(axis=-1)
    whole = total.sum(axis=(-2, -1))[..., None]
    gain = _xlogx(sides).sum(axis=-1) - _xlogx(size)
    apart = _xlogx(total).sum(axis=-1) - _xlogx(whole)
    least = np.maximum(SIDE, SHARE * whole)
    found: F64 = np.where((size >= least).all(axis=0), 2 * (gain.sum(axis=0) - apart), 0.0)
    return np.maximum(found, 0.0)


def best_split(row: Row, lo: int, hi: int) -> Split:
    """The cut of windows [lo, hi) with the greatest G, against the greatest ones of exchanged starts."""
    seen = gains(row.seen[lo:hi])
    at = int(np.argmax(seen))
    gain = float(seen[at])
    if gain <= 0:
        return Split(lo, 0.0, 1.0)
    return Split(lo + at, gain, p_of(gain, gains(row.exchanged[:, lo:hi]).max(axis=1)))


def _xlogx(x: F64) -> F64:
    found: F64 = x * np.log(np.where(x > 0, x, 1.0))
    return found
