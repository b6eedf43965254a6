"""A randomised experiment as it is planned, run and kept."""

import datetime as dt
from typing import Annotated, Any, Literal, Self

from pydantic import AwareDatetime, Field, model_validator
from pydantic_core import PydanticCustomError

from desireline.model.definition import Strict
from desireline.model.experiment_result import Analysis, Wanted
from desireline.model.kept import Kept, Line
from desireline.model.mapping import IdentifierType
from desireline.model.verdict import Gain, Verdict

EXPOSURE = "experiment_exposure"
"""The name of the event that says who came into which arm."""

Status = Literal["draft", "running", "ended"]
Share = Annotated[float, Field(gt=0, le=1)]
Money = Annotated[float, Field(ge=0, le=1e15)]


class Arm(Strict):
    """One arm; weights are relative to each other."""

    name: Line
    weight: Annotated[float, Field(gt=0, le=1e6)] = 1.0


class Metric(Strict):
    """What is looked at, after the assignment and within the window.

    Attributes:
        event: a goal, touchpoint or event name.
        kind: `binary`: whether it happened; `mean`: how much, by `measure`; `ratio`: `measure` of `event` for each
            event `per`.
        measure: the events counted, or their values added up.
        direction: whether more is better.
        margin: of a guardrail: how much worse is bearable, as a share of the control's value.
    """

    event: Line
    kind: Literal["binary", "mean", "ratio"] = "binary"
    measure: Literal["count", "value"] = "count"
    per: Line | None = None
    direction: Wanted = "up"
    margin: Annotated[float, Field(ge=0, le=1)] = 0.02

    @model_validator(mode="after")
    def _has_denominator(self) -> Self:
        if (self.kind == "ratio") != (self.per is not None):
            raise PydanticCustomError("per", "`per` for a ratio, and only for one")
        return self


class ExperimentFields(Strict):
    """What people write of an experiment.

    Attributes:
        arms: in their order; `control` is one of them, the first for None.
        unit: the identifier by which people are assigned.
        segments: traits by whose values the effect is shown too.
        window_days: how long after the assignment an outcome counts; None: until the end of the observation.
        planned: people in all arms together.
        covariate_days: for CUPED, the same metric over so many days before the assignment; None: without.
        traffic: share of people who take part.
        exclusive_group: experiments of one group have no person in common.
        holdout: the name of a holdout whose people take part in nothing, and its share.
        value: money that one unit of the effect is worth, a person; `value_kpi` in its place: the id or name of a KPI
            of money, such as the average order. Of a metric in money neither is needed.
        people_per_year: who would meet the change in a year; None: at the pace at which they came.
        cost: money that the change takes.
    """

    arms: Annotated[list[Arm], Field(min_length=2, max_length=20)]
    control: Line | None = None
    unit: IdentifierType = "customer_id"
    hypothesis: Annotated[str, Field(max_length=2000)] = ""
    metric: Metric
    guardrails: Annotated[list[Metric], Field(max_length=20)] = Field(default_factory=list)
    segments: Annotated[list[Line], Field(max_length=20)] = Field(default_factory=list)
    window_days: Annotated[float, Field(gt=0, le=3650)] | None = None
    planned: Annotated[int, Field(ge=2)] | None = None
    covariate_days: Annotated[float, Field(gt=0, le=3650)] | None = None
    traffic: Share = 1.0
    exclusive_group: Line | None = None
    holdout: Line | None = None
    holdout_share: Annotated[float, Field(ge=0, lt=1)] = 0.05
    value: Money | None = None
    value_kpi: Line | None = None
    people_per_year: Annotated[float, Field(gt=0, le=1e10)] | None = None
    cost: Money | None = None

    @model_validator(mode="after")
    def _arms_fit(self) -> Self:
        names = [arm.name for arm in self.arms]
        if len(set(names)) < len(names):
            raise PydanticCustomError("arms", "each arm has a name of its own")
        if self.control is not None and self.control not in names:
            raise PydanticCustomError("control", "one of the arms")
        if self.value is not None and self.value_kpi is not None:
            raise PydanticCustomError("value", "`value` or `value_kpi`, not both")
        return self


class NewExperiment(ExperimentFields):
    """What is sent to make one."""

    name: Line


class ExperimentChange(Strict):
    """Fields in place of those before; what is absent stays."""

    revision: Annotated[int, Field(ge=1)]
    name: Line | None = None
    arms: Annotated[list[Arm], Field(min_length=2, max_length=20)] | None = None
    control: Line | None = None
    unit: IdentifierType | None = None
    hypothesis: Annotated[str, Field(max_length=2000)] | None = None
    metric: Metric | None = None
    guardrails: Annotated[list[Metric], Field(max_length=20)] | None = None
    segments: Annotated[list[Line], Field(max_length=20)] | None = None
    window_days: Annotated[float, Field(gt=0, le=3650)] | None = None
    planned: Annotated[int, Field(ge=2)] | None = None
    covariate_days: Annotated[float, Field(gt=0, le=3650)] | None = None
    traffic: Share | None = None
    exclusive_group: Line | None = None
    holdout: Line | None = None
    holdout_share: Annotated[float, Field(ge=0, lt=1)] | None = None
    value: Money | None = None
    value_kpi: Line | None = None
    people_per_year: Annotated[float, Field(gt=0, le=1e10)] | None = None
    cost: Money | None = None


class ChangeAfterStart(Strict):
    """A field that was changed when the experiment had begun: shown beside every result."""

    field: str
    before: Any
    after: Any
    at: AwareDatetime


class Experiment(Kept, ExperimentFields):
    """An experiment as it is kept.

    Attributes:
        salt: what its hashes begin with; stays, whatever it is called.
        slot: in an exclusive group, the part of the group's people that is this experiment's.
        started, ended: UTC.
        changes: fields of the bet that were changed after the start.
    """

    status: Status = "draft"
    salt: str = ""
    slot: tuple[float, float] | None = None
    started: AwareDatetime | None = None
    ended: AwareDatetime | None = None
    changes: list[ChangeAfterStart] = Field(default_factory=list)


class Assignment(Strict):
    """What one person gets.

    Attributes:
        arm: None for who does not take part.
        reason: why: `assigned`, `not_running`, `outside_traffic`, `holdout` or `other_experiment`.
    """

    person: str
    arm: str | None
    reason: Literal["assigned", "not_running", "outside_traffic", "holdout", "other_experiment"]


class ExperimentResult(Strict):
    """An experiment with what came of it.

    Attributes:
        exposures: events of assignment that were read.
        until: the end of the observation.
        waiting: people whose window is still open at that time; they do not count yet.
        sentence: the verdict in one sentence.
        verdict: the same in figures, with the money of the effect.
        money_told: that money in sentences.
        value_refused: why the KPI that was named gives no worth; None where it does, or none was named.
    """

    experiment: Experiment
    analysis: Analysis
    exposures: int
    waiting: int
    until: dt.datetime
    sentence: str
    verdict: Verdict
    money_told: list[str] = Field(default_factory=list)
    value_refused: str | None = None


class FileAnalysis(Analysis):
    """The analysis of a file, with the verdict's sentence, and what the effect is worth."""

    sentence: str
    money_told: list[str] = Field(default_factory=list)
    money: Gain | None = None
    cost: float | None = None


class VerdictNow(Strict):
    """How one of many experiments stands: its verdict, or why there is none."""

    id: str
    verdict: Verdict | None
    refused: str | None
