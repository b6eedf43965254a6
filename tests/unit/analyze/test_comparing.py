"""Two segments side by side: the figures of published examples, and what must not be compared."""

import pytest

from desireline.analyze.comparing import Listed, differences
from desireline.model.intervals import newcombe, wilson
from desireline.model.question import Proportion


def side(*shares: tuple[str, int, int], whole: bool = True) -> Listed:
    return Listed([Proportion(f"cell:{label}", label, n, of) for label, n, of in shares], whole)


@pytest.mark.parametrize(
    ("a", "b", "low", "high"),
    [  # Newcombe 1998, Statistics in Medicine 17:873-890, table II, method 10
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((0, 10), (0, 20), -0.1611, 0.2775),
        ((10, 10), (0, 20), 0.6791, 1.0),
    ],
)
def test_the_interval_of_a_difference(a: tuple[int, int], b: tuple[int, int], low: float, high: float) -> None:
    assert newcombe(*a, *b) == pytest.approx((low, high), abs=6e-5)


@pytest.mark.parametrize(
    ("n", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)  # Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3
def test_the_interval_of_a_share(n: int, of: int, low: float, high: float) -> None:
    assert wilson(n, of) == pytest.approx((low, high), abs=6e-5)


def test_what_a_whole_side_does_not_list_is_nothing() -> None:
    found, uncertain = differences(side(("Basket", 2, 10)), side(("Call", 4, 8)))
    assert [(d.label, d.a, d.a_of, d.b, d.b_of, d.difference) for d in found] == [
        ("Basket", 2, 10, 0, 8, 0.2), ("Call", 0, 10, 4, 8, -0.5),
    ]  # fmt: skip
    assert uncertain == 0


def test_what_a_cut_side_does_not_list_is_not_compared() -> None:
    found, uncertain = differences(side(("Basket", 2, 10)), side(("Call", 4, 8), whole=False))
    assert [d.label for d in found] == ["Call"]
    assert uncertain == 1


def test_the_same_step_twice_is_compared_with_its_own_kind() -> None:
    found, _ = differences(side(("Visit", 9, 10), ("Visit", 5, 10)), side(("Visit", 8, 10), ("Visit", 5, 10)))
    assert [d.difference for d in found] == pytest.approx([0.1, 0.0])


def test_nothing_to_share_has_no_difference() -> None:
    ((only,), _) = differences(side(("Basket", 0, 0)), side(("Basket", 4, 8)))
    assert (only.difference, only.low, only.high) == (None, None, None)
