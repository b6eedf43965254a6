"""Which days are not as expected: p-values whose tails are those that the past itself had.

Scores of the past are freed of what one day carries over to the next (first-order autoregression), a Student t is
fitted to them by likelihood, and the new day is held against it. Each of `looked` days is judged at the rate
`false_alarms / looked` (Bonferroni), so that the chance of any false alarm in one look stays below `false_alarms`.
"""

from typing import Final, NamedTuple

import numpy as np
from scipy import stats

from desireline.act.anomalies.daily import F64, I64, Daily, scores, value_at
from desireline.act.anomalies.expecting import Expectation, expectation

BLOCK: Final = 7
"""Days that are judged by one model, fitted to all days before them."""

_CARRIED: Final = 0.95
_ODD: Final = 2.5
"""Scores of the day before count no more than that: an odd day does not make the next one odd."""

_WILD: Final = 5.0
_TAILS: Final = (5.0, 8.0, 12.0, 20.0, 60.0)
"""Degrees of freedom among which the likelihood chooses; 60 stand for the normal, the scale being an estimate."""


class Judged(NamedTuple):
    """Of each day that was judged: float64[d], and how many days stood behind it."""

    day: I64
    p: F64
    expected: F64
    low: F64
    high: F64
    behind: I64


class Tails(NamedTuple):
    """How scores of normal days are spread: what they carry over, and the Student t of the rest."""

    carried: float
    freedom: float
    scale: float


def judged(days: Daily, since: int, rate: float) -> Judged:
    """Judge all days from `since` on, each by the days before its block.

    Args:
        days: the past and the days to judge.
        since: days since 1970.
        rate: of false alarms of one day; of the interval.
    """
    new = np.flatnonzero(days.day >= since)
    parts = [_block(days, new[at : at + BLOCK], rate) for at in range(0, len(new), BLOCK)]
    kept = [part for part in parts if part is not None]
    if not kept:
        none = days.value[:0]
        return Judged(days.day[:0], none, none, none, none, days.day[:0])
    return Judged(*(np.concatenate(columns) for columns in zip(*kept, strict=True)))


def _block(days: Daily, new: I64, rate: float) -> Judged | None:
    model = expectation(days.part(slice(0, int(new[0]))))
    if model is None:
        return None
    tails = tails_of(model)
    block = days.part(slice(int(new[0]), int(new[-1]) + 1))
    score = model.scores(block)
    before = _before(block, score, model) * tails.carried
    left = np.where(np.isnan(before), 1.0, np.sqrt(1 - tails.carried**2)) * tails.scale
    before = np.nan_to_num(before)
    p = np.minimum(1.0, 2 * stats.t.sf(np.abs(score - before) / left, tails.freedom))
    reach = stats.t.isf(rate / 2, tails.freedom) * left
    mean = model.mean(block)
    widened = np.divide(scores(block, mean, model.noise), score, out=np.ones_like(score), where=np.abs(score) > 1e-9)
    ends = [value_at(block, mean, model.noise, (before + side * reach) * widened) for side in (-1, 1)]
    middle = value_at(block, mean, model.noise, before * widened)
    behind = np.full(len(block.day), len(model.past[0]), np.int64)
    return Judged(block.day, p, middle, ends[0], ends[1], behind)


def tails_of(model: Expectation) -> Tails:
    """How the scores of the model's own past are spread."""
    day, score = model.past
    calm = np.clip(score, -_ODD, _ODD)
    follows = np.flatnonzero(np.diff(day) == 1) + 1
    carried = _carried(calm, follows)
    rest = score.copy()
    rest[follows] = (score[follows] - carried * calm[follows - 1]) / np.sqrt(1 - carried**2)
    usual = rest[np.abs(rest) < _WILD]
    best = max(_TAILS, key=lambda freedom: _likelihood(usual, freedom, _scale(usual, freedom)))
    return Tails(carried, best, max(1.0, _scale(usual, best)))


def _carried(score: F64, follows: I64) -> float:
    """First-order autocorrelation, corrected for its bias in short series (Kendall 1954)."""
    if len(follows) < 20:
        return 0.0
    found = float(np.corrcoef(score[follows - 1], score[follows])[0, 1])
    return float(np.clip(found + (1 + 3 * found) / len(follows), 0.0, _CARRIED))


def _scale(rest: F64, freedom: float) -> float:
    """Of a Student t, by likelihood (expectation-maximisation, Lange, Little and Taylor 1989)."""
    scale = 1.0
    for _ in range(20):
        weight = (freedom + 1) / (freedom + (rest / scale) ** 2)
        scale = float(np.sqrt(np.mean(weight * rest**2)))
    return scale


def _likelihood(rest: F64, freedom: float, scale: float) -> float:
    return float(np.sum(stats.t.logpdf(rest, freedom, scale=scale)))


def _before(block: Daily, score: F64, model: Expectation) -> F64:
    """The score of each one's day before, bounded; NaN where there is no such day."""
    day = np.concatenate([model.past[0][-1:], block.day])
    known = np.concatenate([model.past[1][-1:], score])
    found = np.clip(known[:-1], -_ODD, _ODD)
    return np.where(np.diff(day) == 1, found, np.nan)
