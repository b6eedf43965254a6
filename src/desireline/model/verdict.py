"""Whether a change worked: one word, its grade, its size with an interval, and what was not checked."""

from typing import Annotated, Literal

from pydantic import Field

from desireline.model.definition import Strict
from desireline.model.grade import Grade
from desireline.model.kpi import Direction

Outcome = Literal["worked", "no_evidence", "harmed", "too_early", "blocked", "refused"]
"""`blocked`: the assignment itself is broken (sample ratio mismatch). `refused`: nothing can be said, see `reason`."""

VerdictUnit = Literal["share", "score", "count", "money", "days", "seconds", "number"]
"""What the effect is counted in; shares between 0 and 1 are told in percentage points."""

NotChecked = Literal[
    "other_changes", "spillover", "lasting_effect", "guardrails", "segments", "cost", "money", "control_group",
    "parallel_before", "few_units", "units_disagree", "days_missing", "units_left_out",
]  # fmt: skip
"""What may still be wrong; each has a sentence `verdict.not_checked.CODE` in every language."""

Reason = Literal[
    "too_few_days_before", "too_few_days_before_for_verdict", "too_few_days_after", "wait_not_over",
    "placebo_alarms", "treated_before_start", "treated_not_constant", "no_treated_units", "no_variation",
    "duplicate_days", "unreadable_dates", "unreadable_values", "unreadable_treated", "too_many_days_missing",
    "no_days_after", "no_controls_left", "no_rows", "sample_ratio_mismatch", "too_few_conversions", "one_arm",
    "crossover", "not_reached_planned_size",
]  # fmt: skip
"""Why nothing stronger is said; each has a sentence `verdict.reason.CODE` in every language."""


class Amount(Strict):
    """Money, with its 95 % interval, in the workspace's currency."""

    value: float
    low: float | None = None
    high: float | None = None


class Verdict(Strict):
    """A verdict, from an experiment or from a before/after.

    Attributes:
        verdict: whether it worked.
        grade: A randomised, B quasi-experiment that passed its placebos, C adjusted association; None where nothing
            was estimated.
        metric: what is measured, by the name that people use.
        direction: which way is better.
        effect, low, high: with the change minus without it, and the 95 % interval.
        unit: of these.
        n: what the effect rests on: people of an experiment, days of a before/after.
        money: a year of the effect.
        cost: of the change.
        minimum_detectable: the smallest effect that would be found four times in five.
        reason: why nothing stronger is said; None if nothing stands in the way.
        not_checked: what may still be wrong.
    """

    verdict: Outcome
    grade: Grade | None = None
    metric: Annotated[str, Field(max_length=200)] | None = None
    direction: Direction = "up"
    effect: float | None = None
    low: float | None = None
    high: float | None = None
    unit: VerdictUnit = "number"
    n: int = 0
    money: Amount | None = None
    cost: float | None = None
    minimum_detectable: float | None = None
    reason: Reason | None = None
    not_checked: list[NotChecked] = Field(default_factory=list)
