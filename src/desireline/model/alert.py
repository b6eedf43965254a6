"""An alert: what of a KPI is told to whom, once each time that it begins and once when it is over."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import AwareDatetime, Field, model_validator
from pydantic_core import PydanticCustomError

from desireline.model.definition import Strict
from desireline.model.journey_map import Id
from desireline.model.kept import Kept, Line
from desireline.model.opportunity import Language
from desireline.model.recipient import Recipients
from desireline.model.segment import Segment


class OnThreshold(Strict):
    """The figure of the last whole period is above or below a value.

    Attributes:
        sure: whether the whole 95 % interval has to be beyond it.
    """

    on: Literal["threshold"] = "threshold"
    above: Annotated[float, Field(allow_inf_nan=False)] | None = None
    below: Annotated[float, Field(allow_inf_nan=False)] | None = None
    sure: bool = False

    @model_validator(mode="after")
    def _one(self) -> "OnThreshold":
        if (self.above is None) == (self.below is None):
            raise PydanticCustomError("threshold", "above or below, one of them")
        return self


class OnTarget(Strict):
    """The target is missed: the whole 95 % interval of the last period is on its wrong side."""

    on: Literal["target"] = "target"


class OnChange(Strict):
    """The last whole period differs from the one before: the 95 % interval of the difference excludes 0."""

    on: Literal["change"] = "change"
    way: Literal["any", "better", "worse"] = "any"


class OnAnomaly(Strict):
    """The last whole day is not as its weekday and season let expect.

    Attributes:
        per_year: how many false alarms a year are put up with.
    """

    on: Literal["anomaly"] = "anomaly"
    way: Literal["any", "better", "worse"] = "any"
    per_year: Annotated[float, Field(ge=0.01, le=52)] = 1.0


Rule = Annotated[OnThreshold | OnTarget | OnChange | OnAnomaly, Field(discriminator="on")]


class QuietHours(Strict):
    """When nothing is sent, in the workspace's zone: from one time to another, over midnight if need be."""

    start: dt.time = dt.time(20)
    end: dt.time = dt.time(8)


class NewAlert(Strict):
    """What can be said of an alert.

    Attributes:
        kpi: its id.
        by: the period that is looked at; days for anomalies whatever it says.
        quiet: what comes up then is sent when they are over.
        to: e-mail addresses and webhooks; the screen shows it in any case.
        when_over: whether it is told too when it is over.
    """

    name: Line
    kpi: Id
    rule: Rule
    by: Literal["day", "week", "month"] = "day"
    segment: Segment | str | None = None
    quiet: QuietHours | None = None
    to: Recipients = Field(default_factory=list)
    language: Language = "en"
    when_over: bool = False
    active: bool = True


class Alert(Kept, NewAlert):
    """An alert as it is kept."""


class AlertChange(Strict):
    """What to change; what is absent stays."""

    revision: Annotated[int, Field(ge=1)]
    name: Line = ""
    kpi: Id = ""
    rule: Rule | None = None
    by: Literal["day", "week", "month"] = "day"
    segment: Segment | str | None = None
    quiet: QuietHours | None = None
    to: Recipients = Field(default_factory=list)
    language: Language = "en"
    when_over: bool = False
    active: bool = True


class AlertState(Strict):
    """How an alert stands.

    Attributes:
        state: `firing` while what it is about holds.
        revision: rises with each check; `turn` with each change between `calm` and `firing`.
        since: when it changed last; `checked` when it was looked at last; UTC.
        day: the last day of the period that was looked at.
        value, low, high, n: of it.
        bound: what the figure was held against: threshold, target, the period before, what was expected.
        reason: code of why the last check could not say; the state is the one before then.
    """

    alert: Id
    state: Literal["calm", "firing"] = "calm"
    revision: int = 1
    turn: int = 0
    since: AwareDatetime
    checked: AwareDatetime
    day: dt.date | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0
    bound: float | None = None
    reason: str | None = None


class AlertStanding(Strict):
    """An alert with how it stands; None while it was never checked."""

    alert: Alert
    state: AlertState | None


class AlertsChecked(Strict):
    """What a check of all alerts found. `fired`: names of those that began; `over`: of those that ended."""

    checked: int
    fired: list[str]
    over: list[str]
    unknown: list[str]
    queued: int
