"""What is asked about what is at stake, and what is answered."""

from typing import ClassVar, Literal

from pydantic import BaseModel, Field, model_validator
from pydantic_core import PydanticCustomError

from desireline.analyze.detectors.model import Kind
from desireline.analyze.stakes.overlap import Overlap
from desireline.model.grade import Grade
from desireline.model.question import Asked, Result

Outcome = Literal["goal", "value", "satisfaction"]

TooLittle = Literal["nobody_met_it", "few_met_it", "few_others", "few_reach_goal", "most_meet_it"]
"""Why there is no estimate."""

Covariate = Literal["steps", "elapsed", "calendar", "weekday_hour", "touchpoints", "last_step", "first_step",
                    "channel", "value", "score"]  # fmt: skip
"""What is known of a journey before the touchpoint is met, and adjusted for."""


class StakesRequest(Asked):
    """Ask what people lose who meet a touchpoint, or an obstacle at it.

    Attributes:
        goal: a goal of the definition, else a touchpoint, else an event name.
        touchpoint: the touchpoint or event name that is met.
        obstacle: only those count as having met it whom this kind of obstacle befell there; the others who came by are
            who they are compared with.
        channel: of the obstacle, as the question of obstacles names it.
        within: how long after meeting it the goal counts, such as "7d"; whoever met it later than that before the end
            of the observation is left out. None: until the end of the observation.
        value: money that one reached goal is worth; the mean value of the goal's events if None.
        fixable: the share of the loss that a fix could win back; 1 is an upper limit.
        sample: so many who met it are compared at most, each with three others.
        seed: of the sample and the folds.
        language: of the sentences.
    """

    goal: str
    touchpoint: str
    obstacle: Kind | None = None
    channel: str | None = None
    within: str | None = None
    value: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    fixable: float = Field(default=1.0, ge=0, le=1)
    sample: int = Field(default=10_000, ge=100, le=200_000)
    seed: int = Field(default=0, ge=0)
    language: Literal["en", "pl", "hr"] = "en"

    @model_validator(mode="after")
    def _channel_of_an_obstacle(self) -> "StakesRequest":
        if self.channel is not None and self.obstacle is None:
            raise PydanticCustomError("channel", "an obstacle, where a channel is given")
        return self


class Effect(BaseModel):
    """How much less of an outcome they have who met it than others like them.

    Attributes:
        outcome: afterwards, the goal reached (0 or 1), the value of the goal's events, or the mean score given (0 the
            lowest, 1 the highest of the scale; only of those who gave one).
        met, others: journeys compared.
        observed: the mean of those who met it; `expected`: what others like them have.
        loss: expected - observed with its 95 % interval `low` to `high`; below 0 it is a gain.
        naive: the plain difference of both groups, unadjusted.
        ratio: observed / expected of the goal; None of amounts.
        e_value: how strongly something unseen would have to go with meeting it and with the goal alike, as a risk
            ratio, to explain the loss away; `e_value_low` the same for the end of the interval next to none, 1 where
            the interval includes none. None of amounts.
    """

    outcome: Outcome
    met: int
    others: int
    observed: float
    expected: float
    loss: float
    low: float
    high: float
    naive: float
    ratio: float | None
    e_value: float | None
    e_value_low: float | None


class Range(BaseModel):
    """An estimate with its 95 % interval."""

    estimate: float
    low: float
    high: float


class Money(BaseModel):
    """What the loss of goals is worth: an upper limit as long as `fixable` is 1.

    Attributes:
        value: of one goal; `value_from` says whether it was given or is the mean of the goal's events.
        naive_per_year: everyone who met it and did not reach the goal, times the value: what is often printed and far
            too much.
    """

    value: float
    value_from: Literal["typed", "measured"]
    fixable: float
    per_month: Range
    per_year: Range
    naive_per_year: float


class StakesResult(Result):
    """What people lose who meet it, adjusted for what was known of them before.

    Those who met it are compared with others who had got as far in as many steps and did then something else; those
    whom an obstacle befell, from that moment on, with visits at which it could have befallen people and did not. What
    they have in common and nobody recorded is not adjusted for: `e_value` says how strong that would have to be.
    Cells: `met`, `met_reached`, `compared` (drawn to compare with), `compared_reached`.

    Attributes:
        enough: whether there is an estimate; `reason` says why not.
        grade: C where the groups overlap well; D where they do not, are small, most others meet it later, or the
            obstacle is told by what people did afterwards, as loops are. Never better without an experiment.
        met: units that met it before the goal; `per_month` and `per_year` at the rate of the `days` observed.
        later: share of those compared with who met it later on. They are taken to lose as much by it, so that figures
            are against never meeting it: differences are divided by 1 - later.
        lost_per_month: goals lost in a month by those who met it.
        adjusted_for: what is known from before and was adjusted for.
        sentences: the answer in words.
    """

    table: ClassVar[str] = "effects"

    goal: str
    touchpoint: str
    obstacle: Kind | None
    enough: bool
    reason: TooLittle | None
    grade: Grade
    met: int
    met_reached: int
    days: float
    per_month: float
    per_year: float
    later: float
    effects: list[Effect]
    lost_per_month: Range | None
    money: Money | None
    overlap: Overlap | None
    adjusted_for: list[Covariate]
    sentences: list[str]
