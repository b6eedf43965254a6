"""What a method is graded by, and how the scores of several seeds become one row."""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

import numpy as np

from desireline.model.intervals import wilson
from desireline.scorecard.result import Name, Row, World
from desireline.simulate import Difficulty

Range = tuple[float | None, float | None, float | None]
"""Low, value, high."""


class Measure(NamedTuple):
    """A measure and its bar.

    Attributes:
        name: of the measure.
        bar: None for a figure that is shown and not judged.
        bar_most: of a bar with two ends.
        at_most: whether less is better.
        counted: a share of things counted, such as runs; else a mean or a ratio.
        baseline: the usual way.
        from_people: sizes below have no bar. hard: whether it holds where it is hard.
    """

    name: str
    bar: float | None = None
    bar_most: float | None = None
    at_most: bool = False
    counted: bool = True
    baseline: str | None = None
    from_people: int = 0
    hard: bool = True


class Score(NamedTuple):
    """`of` of one world: value / of is the measure; sums of both over worlds are that of all."""

    measure: Measure
    value: float
    of: float = 1.0
    baseline: float | None = None
    baseline_of: float | None = None


class Cell(NamedTuple):
    """What a row is of."""

    method: Name
    maker: World
    difficulty: Difficulty
    people: int
    measure: Measure


def row(cell: Cell, seeds: Sequence[Sequence[Score]]) -> Row:
    """The row of one measure, given its scores by seed."""
    measure, scores = cell.measure, [score for some in seeds for score in some]
    of = sum(s.of for s in scores)
    value = sum(s.value for s in scores) / of if of else None
    low, high = _interval(measure, seeds)
    bar, bar_most = _bars(cell)
    theirs = [(s.baseline, s.of if s.baseline_of is None else s.baseline_of) for s in scores if s.baseline is not None]
    baseline_of = sum(n for _, n in theirs)
    return Row(
        method=cell.method, world=cell.maker, difficulty=cell.difficulty, people=cell.people, seeds=len(seeds),
        measure=measure.name, value=value, low=low, high=high,
        holds="between" if measure.bar_most is not None else "at_most" if measure.at_most else "at_least",
        bar=bar, bar_most=bar_most, meets=_meets(measure, (low, value, high), bar, bar_most), baseline=measure.baseline,
        baseline_value=sum(x for x, _ in theirs) / baseline_of if baseline_of else None,
    )  # fmt: skip


def _bars(cell: Cell) -> tuple[float | None, float | None]:
    measure = cell.measure
    judged = cell.people >= measure.from_people and (measure.hard or cell.difficulty != "hard")
    return (measure.bar, measure.bar_most) if judged else (None, None)


def _meets(measure: Measure, of: Range, bar: float | None, bar_most: float | None) -> bool | None:
    """A bar with two ends is met where the interval reaches it, as no count of few runs lies between them."""
    low, value, high = of
    if bar is None or value is None:
        return None
    if bar_most is not None and low is not None and high is not None:
        return low <= bar_most and high >= bar
    return value <= bar if measure.at_most else value >= bar


def _interval(measure: Measure, seeds: Sequence[Sequence[Score]]) -> tuple[float | None, float | None]:
    """Counts are taken as independent of each other; means and ratios vary from seed to seed."""
    sums = [(sum(s.value for s in some), sum(s.of for s in some)) for some in seeds]
    total, of = (sum(part) for part in zip(*sums, strict=True))
    if measure.counted:
        return wilson(round(total), round(of)) if of else (None, None)
    each = np.array([value / n for value, n in sums if n])
    if len(each) < 2:
        return None, None
    from scipy.special import stdtrit

    middle = total / of
    half = float(stdtrit(len(each) - 1, 0.975)) * float(each.std(ddof=1)) / sqrt(len(each))
    return middle - half, middle + half
