"""The stretch of time in which a share differs most from what it is before and after."""

from math import log, sqrt
from typing import NamedTuple

import numpy as np

from desireline.kernels.arrays import F64, I64, Bools, frozen
from desireline.kernels.compiled import compiled
from desireline.kernels.pool import each, ranges

FAINT = 2.0
"""Weaker stretches are not measured exactly."""
SURE = 0.25
"""The least variance of a bin by which the spread is judged."""
OVER = 0.1
"""A stretch is over if after it come so many visits for each one in it."""


class Series(NamedTuple):
    """Visits of each series by bin.

    Attributes:
        n: float64[series, bins], visits.
        o: float64[series, bins], those that count.
        e: float64[series, bins], as many as would count with the season's share.
        more: bool[series], whether more than usual is the trouble; else fewer.
    """

    n: F64
    o: F64
    e: F64
    more: Bools

    def frozen(self) -> "Series":
        """The same, in the form that kernels are compiled for."""
        return Series(frozen(self.n), frozen(self.o), frozen(self.e), frozen(self.more))

    def only(self, one: int) -> "Series":
        """One of them."""
        s = slice(one, one + 1)
        return Series(self.n[s], self.o[s], self.e[s], self.more[s])


class Scanning(NamedTuple):
    """How stretches are looked at.

    Attributes:
        lengths: int64[k], bins, ascending: the lengths that are tried.
        reference: bins before and after a stretch that it is held against.
        half: bins on each side for the level around a bin; what lasts until the end must differ from as many, too.
    """

    lengths: I64
    reference: int
    half: int


@compiled
def _bits(o: float, n: float, p: float) -> float:
    """The log likelihood of o of n with a share p, less that of their own share, negated."""
    found = 0.0
    if o > 0:
        found += o * log(o / (n * p))
    if n - o > 0:
        found += (n - o) * log((n - o) / (n * (1 - p)))
    return found


@compiled
def _root(n: float, o: float, m: float, p: float, more: bool, spread: float) -> float:
    """The signed root of twice the log likelihood ratio of o of n against a share p of m, over a spread."""
    both = (o + p * m) / (n + m)
    if n <= 0 or m <= 0 or both <= 0 or both >= 1 or (o / n > p) != more:
        return 0.0
    plain = (o / n - p) / sqrt(both * (1 - both) * (1 / n + 1 / m) * spread)
    if abs(plain) < FAINT:
        return abs(plain)
    return sqrt(2 * max(0.0, _bits(o, n, both) + _bits(p * m, m, both)) / spread)


@compiled
def _expected(cn: F64, co: F64, ce: F64, a: int, b: int, lo: int, hi: int) -> tuple[float, float]:
    """The share that bins [a, b) would have at the level of bins [lo, hi), and on how many visits that rests."""
    n, m = cn[b] - cn[a], cn[hi] - cn[lo]
    usual = ce[hi] - ce[lo]
    if n <= 0 or m <= 0 or usual <= 0:
        return 0.0, 0.0
    share = (co[hi] - co[lo]) / usual * (ce[b] - ce[a]) / n
    return min(max(share, 0.5 / m), 1 - 0.5 / m), m


@compiled
def _sums(values: F64) -> F64:
    found = np.zeros(len(values) + 1)
    for b in range(len(values)):
        found[b + 1] = found[b] + values[b]
    return found


@compiled
def _levels(cn: F64, co: F64, ce: F64, half: int) -> F64:
    """The share expected in each bin at the level of the bins around it."""
    bins = len(cn) - 1
    level = np.zeros(bins)
    for b in range(bins):
        lo, hi = max(0, b - half), min(bins, b + half + 1)
        level[b] = _expected(cn, co, ce, b, b + 1, lo, hi)[0]
    return level


@compiled
def _residuals(cn: F64, co: F64, level: F64, half: int) -> tuple[F64, F64]:
    """Running sums of squared standardised residuals, and of the bins that have one."""
    bins = len(level)
    squares, known = np.zeros(bins), np.zeros(bins)
    for b in range(bins):
        n, p = cn[b + 1] - cn[b], level[b]
        around = cn[min(bins, b + half + 1)] - cn[max(0, b - half)]
        if n * p * (1 - p) > SURE and around > n:
            off = co[b + 1] - co[b] - n * p
            squares[b], known[b] = off * off / (n * p * (1 - p) * (1 - n / around)), 1.0
    return _sums(squares), _sums(known)


@compiled
def _one(n: F64, o: F64, e: F64, more: bool, how: Scanning, best: F64) -> None:
    """The strongest stretch of one series: strength, first bin, bin after the last one.

    A stretch counts by what it differs least from, before or after; at the end of observation by before alone. The
    spread is that of bins farther away, so that a trouble does not hide itself.
    """
    cn, co, ce = _sums(n), _sums(o), _sums(e)
    bins = len(n)
    squares, known = _residuals(cn, co, _levels(cn, co, ce, how.half), how.half)
    best[0], best[1], best[2] = 0.0, 0.0, 0.0
    for length in how.lengths:
        for a in range(1, bins - length + 1):
            b = a + length
            lo, hi = max(0, a - how.reference), min(bins, b + how.reference)
            inner, outer = max(0, a - how.half), min(bins, b + how.half)
            far = known[bins] - known[outer] + known[inner]
            spread = 1.0
            if far >= 8:
                spread = max(1.0, (squares[bins] - squares[outer] + squares[inner]) / far)
            p, m = _expected(cn, co, ce, a, b, lo, a)
            strength = _root(cn[b] - cn[a], co[b] - co[a], m, p, more, spread)
            if strength > best[0]:
                if cn[bins] - cn[b] > OVER * (cn[b] - cn[a]):
                    p, m = _expected(cn, co, ce, a, b, b, hi)
                else:
                    p, m = _expected(cn, co, ce, a, b, max(0, a - max(how.half, length)), a)
                strength = min(strength, _root(cn[b] - cn[a], co[b] - co[a], m, p, more, spread))
            if strength > best[0]:
                best[0], best[1], best[2] = strength, a, b


@compiled
def _scan(series: Series, how: Scanning, lo: int, hi: int, best: F64) -> None:
    for s in range(lo, hi):
        _one(series.n[s], series.o[s], series.e[s], series.more[s], how, best[s])


def scan(series: Series, how: Scanning) -> F64:
    """The strongest stretch of each series.

    Returns:
        float64[series, 3]: strength (a normal deviate, 0 for none), first bin, bin after the last one.
    """
    best, n = np.zeros((len(series.n), 3)), len(series.n)
    series, how = series.frozen(), how._replace(lengths=frozen(how.lengths))
    each(lambda lo, hi: _scan(series, how, lo, hi, best), ranges(n, min(n, 16)))
    return best
