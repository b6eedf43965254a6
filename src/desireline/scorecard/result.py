"""What the scorecard says: a row for each measure of a method in a world, over several seeds."""

from typing import Literal

from pydantic import BaseModel

from desireline.simulate import Difficulty

World = Literal["simulator", "second"]

Name = Literal[
    "stages", "types", "personas", "drift", "obstacles", "friction", "troubles", "stakes", "micro_conversions"
]
"""Of a method: the question that is asked."""


class Row(BaseModel):
    """One measure.

    Attributes:
        method: the question that was asked.
        world: who made the data: the simulator, or the second generator with another mechanism.
        people: in each world; `seeds`: how many worlds.
        measure: what was measured; docs/explanation/scorecard.md says how.
        value: over all seeds; None where there was nothing to measure it on.
        low, high: 95 % interval of it: Wilson's of counts, Student's t over the seeds of means; None where unknown.
        holds: whether the value should be at least or at most the bar, or between it and `bar_most`.
        bar: None where none was set for this size and difficulty.
        meets: whether the value meets the bar, or its interval reaches one with two ends; None without a bar.
        baseline: the usual way it is held against; `baseline_value` is the same measure of it.
    """

    method: Name
    world: World
    difficulty: Difficulty
    people: int
    seeds: int
    measure: str
    value: float | None
    low: float | None
    high: float | None
    holds: Literal["at_least", "at_most", "between"]
    bar: float | None
    bar_most: float | None
    meets: bool | None
    baseline: str | None
    baseline_value: float | None


class Scorecard(BaseModel):
    """All rows, by method, world, difficulty and people."""

    quick: bool
    rows: list[Row]
