"""Topics over time: how many texts in each period, and whether a topic's share grew or fell."""

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np

from desireline.analyze.calendars import calendar
from desireline.analyze.scanning.extremes import benjamini_hochberg
from desireline.analyze.scope import I64, Scope
from desireline.model.intervals import newcombe
from desireline.model.topics import Direction, TopicChange, TrendPoint
from desireline.service.sentiment.feedback import Feedback

SURE: Final = 0.05
"""False discoveries among the topics that are said to grow or fall."""


def trends(
    group: I64, topics: int, said: Feedback, scope: Scope, period: Literal["week", "month"]
) -> list[list[TrendPoint]]:
    """Texts of each topic by period, from the first period with a text to the last.

    Args:
        group: int64[texts], -1 for none.
        topics: how many.
        said: the texts.
        scope: that they are of.
        period: of trends.
    """
    if not len(said) or not topics:
        return [[] for _ in range(topics)]
    periods = calendar(scope, period)
    at = np.searchsorted(periods.starts, said.time, "right") - 1
    counts = np.zeros((topics, len(periods.days)), np.int64)
    known = group >= 0
    np.add.at(counts, (group[known], at[known]), 1)
    of = counts.sum(axis=0)
    first, last = np.flatnonzero(of)[[0, -1]]
    return [
        [TrendPoint(start=periods.days[t], n=int(row[t]), of=int(of[t])) for t in range(first, last + 1)]
        for row in counts
    ]


def changes(over_time: Sequence[Sequence[TrendPoint]]) -> list[TopicChange | None]:
    """How the share of each topic changed between the halves of the periods that are over; the last one may not be.

    Args:
        over_time: of each topic, the same periods.
    """
    from scipy.stats import fisher_exact

    periods = len(over_time[0]) - 1 if over_time else 0
    if periods < 2:
        return [None] * len(over_time)
    half = (periods + 1) // 2
    counts = [(_sums(one[:half]), _sums(one[half:periods])) for one in over_time]
    p = [fisher_exact([[n, of - n] for n, of in halves]).pvalue for halves in counts]
    return [
        _change(over_time[0][half], before, after, q)
        for (before, after), q in zip(counts, benjamini_hochberg(np.array(p)).tolist(), strict=True)
    ]


def _sums(points: Sequence[TrendPoint]) -> tuple[int, int]:
    return sum(one.n for one in points), sum(one.of for one in points)


def _change(later: TrendPoint, before: tuple[int, int], after: tuple[int, int], q: float) -> TopicChange | None:
    if not before[1] or not after[1]:
        return None
    difference = after[0] / after[1] - before[0] / before[1]
    low, high = newcombe(*after, *before)
    direction: Direction = "unclear" if q > SURE else "growing" if difference > 0 else "falling"
    return TopicChange(
        direction=direction, since=later.start, before=before[0], before_of=before[1], after=after[0],
        after_of=after[1], difference=difference, low=low, high=high, q=q,
    )  # fmt: skip
