"""One file for each method: which worlds it is asked about, and how far its answers agree with what is planted."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from desireline.scorecard.measures import Score
from desireline.scorecard.result import Name
from desireline.scorecard.result import World as Maker
from desireline.scorecard.worlds import Setting, World


class Trial(NamedTuple):
    """A question about worlds of a maker: `made` plants them, `scores` asks and compares."""

    maker: Maker
    made: Callable[[Setting], World]
    scores: Callable[[World, int], Iterator[Score]]


class Method(NamedTuple):
    """`name` of the question; `people` in place of the grid's in the quick part, where the bar is for another size."""

    name: Name
    trials: tuple[Trial, ...]
    quick_people: int | None = None


def methods() -> list[Method]:
    """All, in the order of the screens."""
    from desireline.scorecard.methods import (
        drift,
        friction,
        micro_conversions,
        obstacles,
        personas,
        stages,
        stakes,
        troubles,
        types,
    )

    every = (stages, types, personas, drift, obstacles, friction, troubles, stakes, micro_conversions)
    return [module.METHOD for module in every]
