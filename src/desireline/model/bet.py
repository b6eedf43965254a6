"""What a bet can detect, and how bets turned out."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from desireline.model.definition import Strict
from desireline.model.verdict import Outcome

BetKind = Literal["share", "mean", "daily"]
"""A share of people, a mean over people, or a figure a day (whose days resemble each other)."""


class Detectable(Strict):
    """What can be found, as far as the figures of today tell.

    Attributes:
        kind: of the figure.
        minimum_detectable: smallest effect found with `power`, at 5 % two-sided.
        power: chance to find the expected effect; None without one.
        days: how long to wait until the expected effect is found with a power of 80 %; None if never or unknown.
        n: people a group, or days after the change, that this is of.
    """

    kind: BetKind
    minimum_detectable: float
    power: float | None
    days: int | None
    n: int


class SettledBet(Strict):
    """A bet whose verdict has come in."""

    name: str
    expected: float
    effect: float | None
    low: float | None
    high: float | None
    verdict: Outcome

    @model_validator(mode="after")
    def _ends(self) -> "SettledBet":
        if (self.low is None) != (self.high is None) or (self.effect is None) != (self.low is None):
            raise ValueError("effect, low and high come together")
        return self


class Calibration(Strict):
    """How expectations compare with what was measured.

    Attributes:
        n: settled bets; measured: those with an effect.
        hits: how many worked; hit_rate with its 95 % interval.
        ratio: mean of measured effect over expected, with its 95 % interval; below 1 expectations were too high.
        covered: how many measured intervals hold what was expected.
        enough: whether there are bets enough (10) to speak of a habit.
    """

    n: int
    measured: int
    hits: int
    hit_rate: Annotated[float, Field(ge=0, le=1)] | None
    low: float | None
    high: float | None
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    covered: int
    enough: bool
