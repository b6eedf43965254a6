"""Whether a change worked: one word, its grade, its size with an interval, and what was not checked."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from desireline.model.definition import Strict
from desireline.model.experiment_result import NotChecked as UncheckedOfExperiment
from desireline.model.experiment_result import Reason as WhyOfExperiment
from desireline.model.grade import Grade
from desireline.model.kpi import Direction

Outcome = Literal["worked", "no_evidence", "harmed", "too_early", "blocked", "refused"]
"""`blocked`: the assignment itself is broken (sample ratio mismatch). `refused`: nothing can be said, see `reason`."""

VerdictUnit = Literal["share", "score", "count", "money", "days", "seconds", "number"]
"""What the effect is counted in; shares between 0 and 1 are told in percentage points."""

Source = Literal["experiment", "before_after"]

NotChecked = Literal[
    "control_group", "other_changes", "spillover", "parallel_before", "few_units", "units_disagree", "days_missing",
    "units_left_out", "lasting_effect",
]  # fmt: skip
"""What may still be wrong with a before/after; each has a text `verdict.not_checked.CODE` in every language."""

Reason = Literal[
    "too_few_days_before", "too_few_days_before_for_verdict", "no_days_after", "too_few_days_after", "wait_not_over",
    "placebo_alarms", "treated_before_start", "treated_not_constant", "no_treated_units", "no_controls_left",
    "no_variation", "duplicate_days", "too_many_days_missing",
]  # fmt: skip
"""Why nothing stronger is said of a before/after; each has a text `verdict.reason.CODE` in every language."""

Why = Reason | WhyOfExperiment


class Amount(Strict):
    """Money, with its 95 % interval, in the workspace's currency."""

    value: float
    low: float | None = None
    high: float | None = None


class Worth(Amount):
    """What one unit of an effect is worth.

    Attributes:
        low, high: of its 95 % interval; None where it was typed, or is the effect itself.
        origin: `typed` by somebody, the value of a `kpi`, or `metric`: the effect is money itself.
        kpi: its name.
    """

    origin: Literal["typed", "kpi", "metric"] = "typed"
    kpi: str | None = None


class Gain(Amount):
    """What an effect is worth: positive is better, whichever way the metric is to go.

    Attributes:
        says: a `gain` or a `loss` only where the verdict says so and the interval lies on that side; else `open`, and
            the value is no claim.
        net: less the cost; None where no cost is known.
        worth: of one unit of the effect, for each of `people` (units of a before/after).
        period: `year`, or `once` where no time is told.
    """

    says: Literal["gain", "loss", "open"] = "open"
    net: Amount | None = None
    worth: Worth | None = None
    people: float | None = None
    period: Literal["year", "once"] = "year"


class Verdict(Strict):
    """A verdict, from an experiment or from a before/after.

    Attributes:
        source: which of them.
        verdict: whether it worked.
        grade: A randomised, B quasi-experiment that passed its placebos, C adjusted association; None where nothing
            was estimated.
        metric: what is measured, by the name that people use.
        direction: which way is better.
        effect, low, high: with the change minus without it, and the 95 % interval.
        unit: of these.
        n: what the effect rests on: people of an experiment, days of a before/after.
        money: of the effect; None where nothing is judged, or no worth is known.
        cost: of the change.
        minimum_detectable: the smallest effect that would be found four times in five.
        reason: why nothing stronger is said; None if nothing stands in the way.
        not_checked: what may still be wrong.
    """

    source: Source
    verdict: Outcome
    grade: Grade | None = None
    metric: Annotated[str, Field(max_length=200)] | None = None
    direction: Direction = "up"
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    unit: VerdictUnit = "number"
    n: int = 0
    money: Gain | None = None
    cost: float | None = None
    minimum_detectable: float | None = None
    reason: Why | None = None
    not_checked: list[NotChecked | UncheckedOfExperiment] = Field(default_factory=list)

    @property
    def word(self) -> Outcome | Literal["estimate"]:
        """What it is called: `estimate` for an effect that is told without a verdict, the past being too short."""
        return "estimate" if self.reason == "too_few_days_before_for_verdict" else self.verdict

    @model_validator(mode="after")
    def _sized(self) -> "Verdict":
        if self.verdict in {"worked", "harmed", "no_evidence"} and None in {self.effect, self.low, self.high}:
            raise ValueError(f"{self.verdict} needs an effect and its interval")
        return self
