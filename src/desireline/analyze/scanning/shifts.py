"""Which targets of a row changed at a cut, and on which day."""

from typing import NamedTuple

import numpy as np
from scipy.special import gammaincc

from desireline.analyze.scanning.splits import Row, Split, best_split
from desireline.analyze.scope import F64, I64

FURTHER = 0.01
"""A further target is named if what remains of the row changed by this p too."""
DROP = 1.92
"""Half the 95 % point of chi-square with one degree of freedom: how much likelihood a date may lose."""
NEAR = 2


class Shift(NamedTuple):
    """A pair that changed.

    Attributes:
        pair: which.
        lo, at, hi: windows [lo, at) are before, [at, hi) after.
        p: of the row's cut, or of what remained of the row when this pair was named.
        design: how many times the variance of the difference is that of independent events, 1 at least.
    """

    pair: int
    lo: int
    at: int
    hi: int
    p: float
    design: float


def cuts(row: Row, first: Split, limit: float) -> list[tuple[int, int, int, float]]:
    """The cuts of a row as (lo, at, hi, p) with their neighbours, by binary segmentation with p at most `limit`.

    A change in the middle of a window makes that one differ from both sides: no second cut is looked for next to one.

    Args:
        row: of transitions.
        first: the best cut of all, which holds.
        limit: for further ones.
    """
    found, parts = [(first.at, first.p)], [(0, first.at - 1), (first.at + 1, len(row.seen))]
    while parts:
        lo, hi = parts.pop()
        split = best_split(row, lo, hi) if hi - lo > 1 else Split(lo, 0.0, 1.0)
        if split.p <= limit and lo < split.at < hi:
            found.append((split.at, split.p))
            parts += [(lo, split.at - 1), (split.at + 1, hi)]
    found.sort()
    edges = [0, *(at for at, _ in found), len(row.seen)]
    return [(edges[k], at, edges[k + 2], p) for k, (at, p) in enumerate(found)]


def shifts(row: Row, lo: int, at: int, hi: int, p: float) -> list[Shift]:
    """The pairs that changed: the clearest one, then others as long as the rest of the row changed too.

    Where one share grows the others of its row shrink; they are not named for that alone.
    """
    sides = _sides(row.seen, lo, at, hi)
    null = _sides(row.exchanged, lo, at, hi)
    left, found = np.arange(len(row.pairs)), []
    while len(left) > 1:
        z, design = _clearest(sides[:, left], null[..., left])
        k = int(np.argmax(z))
        if row.pairs[left[k]] >= 0:
            found.append(Shift(int(row.pairs[left[k]]), lo, at, hi, p, design[k]))
        left = np.delete(left, k)
        p = max(p, _remaining(sides[:, left], null[..., left]))
        if p > FURTHER:
            break
    return found


def _sides(counts: F64, lo: int, at: int, hi: int) -> F64:
    """float64[..., 2, targets], before and after."""
    return np.stack((counts[..., lo:at, :].sum(axis=-2), counts[..., at:hi, :].sum(axis=-2)), axis=-2)


def _clearest(sides: F64, null: F64) -> tuple[F64, list[float]]:
    """How many standard deviations each target's share moved, and the design effect of each."""
    moved, spread = _moved(sides), _moved(null).std(axis=0, ddof=1)
    size = np.maximum(sides.sum(axis=-1), 1)
    share = sides.sum(axis=0) / size.sum()
    alone = np.sqrt(share * (1 - share) * (1 / size).sum())
    spread = np.maximum(spread, alone)
    # Of two targets that mirror each other the one with the greater ratio is the news.
    news = np.abs(np.log((sides[0] + 1) / (size[0] + 1)) - np.log((sides[1] + 1) / (size[1] + 1)))
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.nan_to_num(np.abs(moved) / spread) + 1e-6 * news
        return z, np.nan_to_num((spread / alone) ** 2, nan=1.0).tolist()


def _moved(sides: F64) -> F64:
    shares = sides / np.maximum(sides.sum(axis=-1, keepdims=True), 1)
    moved: F64 = shares[..., 1, :] - shares[..., 0, :]
    return moved


def _remaining(sides: F64, null: F64) -> float:
    """How sure it is that the targets left differ: a scaled chi-square with the mean and variance of the null."""
    if sides.shape[-1] < 2:
        return 1.0
    seen, simulated = float(_g(sides)), _g(null)
    mean, variance = float(simulated.mean()), float(simulated.var(ddof=1))
    if mean <= 0 or variance <= 0:
        return 1.0
    return float(gammaincc(mean**2 / variance, seen * mean / variance))


def _g(sides: F64) -> F64:
    size = sides.sum(axis=-1)
    both = sides.sum(axis=-2)
    found: F64 = 2 * (
        _xlogx(sides).sum(axis=(-2, -1)) - _xlogx(size).sum(axis=-1) - _xlogx(both).sum(axis=-1)
        + _xlogx(both.sum(axis=-1))
    )  # fmt: skip
    return found


def _xlogx(x: F64) -> F64:
    found: F64 = x * np.log(np.where(x > 0, x, 1.0))
    return found


def dated(to: I64, of: I64, lo: int, at: int, hi: int, near: int) -> tuple[int, int, int]:
    """The first day after a change with the greatest likelihood, and the least and last day that lose little of it.

    Args:
        to: int64[days], transitions of the pair.
        of: int64[days], of its row.
        lo: first day before the change; [lo, at) are before it and [at, hi) after, roughly.
        at: see `lo`.
        hi: see `lo`.
        near: so many days at most before or after `at` it may lie.
    """
    first, last = max(lo + 1, at - near), min(hi - 1, at + near)
    before = (to[lo:first].sum() + 0.5) / (of[lo:first].sum() + 1)
    after = (to[last:hi].sum() + 0.5) / (of[last:hi].sum() + 1)
    likelihood = to * np.log(before / after) + (of - to) * np.log((1 - before) / (1 - after))
    gained = np.concatenate((np.zeros(1), np.cumsum(likelihood[first:last])))
    good = np.flatnonzero(gained >= gained.max() - DROP)
    return first + int(np.argmax(gained)), first + int(good[0]), first + int(good[-1])
