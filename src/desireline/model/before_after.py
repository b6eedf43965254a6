"""Before and after a change, against those whom it did not reach: what is planned, and what came out."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from desireline.model.definition import Strict
from desireline.model.grade import Grade
from desireline.model.kept import Kept, Line
from desireline.model.kpi import Direction
from desireline.model.segment import Segment
from desireline.model.verdict import Gain, NotChecked, Outcome, Reason, Verdict

Measure = Literal["people", "contacts", "conversion", "mean_score"]
"""A day's figure of a unit: people who do it, events of it, share of the day's people who do it, mean of its scores."""


class EventStudyPoint(Strict):
    """A week before (`week` < 0) or after the change: the difference to control, with its 95 % interval."""

    week: int
    effect: float
    low: float
    high: float


class DayPoint(Strict):
    """A day of the treated and of the control units; None where nothing was measured."""

    day: dt.date
    treated: float | None
    control: float | None


class Naive(Strict):
    """The t-test of the treated units' days before and after: what is usually reported, false alarms and all."""

    effect: float
    low: float
    high: float
    p: float


class ByUnits(Strict):
    """The same effect with its interval over units (wild cluster bootstrap); `clusters` is how many units."""

    effect: float
    low: float
    high: float
    p: float
    clusters: int


class BeforeAfterResult(Strict):
    """What a change did, or why nothing can be said.

    Attributes:
        effect, low, high: difference to control after the change minus before it, and its 95 % interval.
        p: of no effect.
        placebo_rate: share of pretended changes before the real one at which the same method alarmed falsely.
        placebos: how many changes were pretended.
        widened: by how much the placebos made the interval wider; 1 where they found it wide enough.
        minimum_detectable: the smallest effect found four times in five.
        baseline: mean of the treated units before the change.
        design: against control units, against units whose turn comes later, or against nobody.
        autocorrelation: of the differences' residuals, by lag in days.
        slope: of the difference to control a day, followed on.
        pre_days, post_days: with a figure of both groups; missing_days: of units, without one.
        left_out: units that were not used, for days missing.
        weights: of the control units, where they are not equal.
        reason: why it was refused or why no verdict is given.
        details: facts of the reason, by name.
        sentence: the verdict in one sentence; money_told: what the effect is worth, in sentences.
    """

    verdict: Outcome
    grade: Grade | None = None
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    placebo_rate: float | None = None
    placebos: int = 0
    widened: float = 1.0
    minimum_detectable: float | None = None
    baseline: float | None = None
    design: Literal["control", "staggered", "single"] | None = None
    autocorrelation: list[float] = Field(default_factory=list)
    slope: float | None = None
    pre_days: int = 0
    post_days: int = 0
    missing_days: int = 0
    treated_units: int = 0
    control_units: int = 0
    left_out: list[str] = Field(default_factory=list)
    weights: dict[str, float] | None = None
    naive: Naive | None = None
    by_units: ByUnits | None = None
    event_study: list[EventStudyPoint] = Field(default_factory=list)
    days: list[DayPoint] = Field(default_factory=list)
    reason: Reason | None = None
    details: dict[str, str | int | float] = Field(default_factory=dict)
    not_checked: list[NotChecked] = Field(default_factory=list)
    sentence: str = ""
    money_told: list[str] = Field(default_factory=list)


class FileBeforeAfter(BeforeAfterResult):
    """The before/after of a file, and what its effect is worth in a year."""

    money: Gain | None = None
    cost: float | None = None


class RollOut(Strict):
    """Units of a roll-out: values of `channel`, `source`, `property.PATH` or `trait.NAME`, and their starts.

    A value without a start is a comparison unit.
    """

    by: Line
    starts: Annotated[dict[str, dt.date | None], Field(min_length=1, max_length=500)]


class BeforeAfterPlan(Strict):
    """What is compared.

    Attributes:
        measure: a day's figure of a unit.
        of: the goal, touchpoint or event name that it counts.
        treated: whom the change reaches; comparison: whom it does not; None for no comparison.
        roll_out: in place of both, where the change reaches the values of a property one after another.
        start: first local day of the change; the days of `roll_out` say so there.
        wait_days: no verdict before so many days.
        value: money that one unit of the measure is worth; cost: of the change.
    """

    measure: Measure = "people"
    of: Line
    direction: Direction = "up"
    treated: Segment | str | None = None
    comparison: Segment | str | None = None
    roll_out: RollOut | None = None
    start: dt.date | None = None
    wait_days: Annotated[int, Field(ge=1, le=3650)] = 28
    value: Annotated[float, Field(ge=0)] | None = None
    cost: Annotated[float, Field(ge=0)] | None = None

    @model_validator(mode="after")
    def _one_design(self) -> "BeforeAfterPlan":
        if self.roll_out is None and (self.treated is None or self.start is None):
            raise ValueError("either roll_out, or treated and start")
        if self.roll_out is not None and (self.treated is not None or self.comparison is not None):
            raise ValueError("roll_out takes the place of treated and comparison")
        return self


class BeforeAfter(Kept, BeforeAfterPlan):
    """A before/after as it is kept; its last result, and when it was computed."""

    result: BeforeAfterResult | None = None
    verdict: Verdict | None = None
    computed: dt.datetime | None = None
