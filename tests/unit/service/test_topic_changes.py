"""Whether topics grow or fall, against figures that others published."""

import datetime as dt

import pytest

from desireline.model.topics import TrendPoint
from desireline.service.topics.trending import changes


def months(*counts: tuple[int, int]) -> list[TrendPoint]:
    return [TrendPoint(start=dt.date(2026, 1 + k, 1), n=n, of=of) for k, (n, of) in enumerate(counts)]


def test_a_topic_grows_by_newcombes_own_example() -> None:
    """56 of 70 against 48 of 80: .2 (.0524 to .3339), Newcombe 1998, table II (a), method 10. March is not over."""
    growing, falling, same = changes(
        [months((48, 80), (56, 70), (0, 9)), months((32, 80), (14, 70), (9, 9)), months((8, 80), (7, 70), (9, 9))]
    )
    assert growing is not None
    assert falling is not None
    assert same is not None
    assert (growing.direction, growing.since) == ("growing", dt.date(2026, 2, 1))
    assert (growing.difference, growing.low, growing.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)
    assert falling.direction == "falling"
    assert (falling.low, falling.high) == pytest.approx((-growing.high, -growing.low))
    assert (same.direction, same.difference, same.q) == ("unclear", 0, 1)


def test_one_period_that_is_over_shows_no_change() -> None:
    assert changes([months((48, 80), (56, 70))]) == [None]
    assert changes([]) == []
    assert changes([months((0, 0), (5, 70), (1, 1))]) == [None]
