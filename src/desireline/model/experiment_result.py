"""What came of an experiment: arms, effects with intervals, checks, and the verdict in codes."""

import datetime as dt
from typing import Literal

from desireline.model.definition import Strict
from desireline.model.grade import Grade
from desireline.model.persona import Hidden

MetricKind = Literal["binary", "mean", "ratio"]
Wanted = Literal["up", "down"]
ExperimentVerdict = Literal["worked", "no_evidence", "harmed", "too_early", "blocked"]
Reason = Literal[
    "sample_ratio_mismatch", "sample_ratio_warning", "too_few_conversions", "below_planned_size", "less_than_a_week",
    "guardrail_failed", "interval_above_zero", "interval_below_zero", "interval_covers_zero",
]  # fmt: skip
"""Why the verdict is what it is."""

NotChecked = Literal[
    "planned_size", "time_course", "weekly_cycle", "people_in_two_arms", "missing_outcomes", "guardrails",
    "guardrail_unclear", "covariate_before_assignment", "winners_shrunk", "outcome_window",
    "detectable_size",
]  # fmt: skip
"""What nobody looked at, or could not."""


class ArmFigures(Strict):
    """One arm.

    Attributes:
        arm: its name.
        n: people assigned whose outcome is known; those in two arms are not among them.
        value: share, mean or ratio; None where nobody has an outcome, or the sample ratio forbids to compare.
        conversions: how many outcomes are not zero; None likewise.
        assigned: people assigned, with or without an outcome; what the check of the sample ratio counts.
        expected: how many were to be expected of all assigned.
    """

    arm: str
    n: int
    value: float | None
    conversions: int | None
    assigned: int
    expected: float


class FixedHorizon(Strict):
    """What holds if this is the only look, planned beforehand: the 95 % interval and the test.

    Attributes:
        statistic: z, or Welch's t.
        p: two-sided; None where nothing varies.
        p_holm: the same over all treatments together (Holm); equal to p for one treatment.
    """

    low: float | None
    high: float | None
    statistic: float | None
    p: float | None
    p_holm: float | None


class AlwaysValid(Strict):
    """What holds however often one looks: a confidence sequence, at 95 % for all treatments together.

    Attributes:
        low, high: None before it starts, which takes enough conversions in both arms.
        tuned_for: the size in both arms at which it is narrowest: the planned one, else a usual one.
    """

    low: float | None
    high: float | None
    tuned_for: int


class Beside(Strict):
    """The Bayesian reading, beside the verdict and never instead of it.

    Attributes:
        probability_better: that the treatment is better than the control.
        expected_loss: what choosing the treatment costs on average where it is the worse one, in units of the effect.
    """

    probability_better: float
    expected_loss: float


class Comparison(Strict):
    """One treatment against the control; `effect` is treatment − control.

    Attributes:
        relative: effect / value of the control.
        shrunk: the effect drawn to where effects like it lie; None where nothing says where that is.
        minimum_detectable: the effect that such a size finds four times in five at a fixed look; None where nothing
            varies, as when nobody converts.
    """

    treatment: str
    effect: float | None
    relative: float | None
    fixed: FixedHorizon
    always: AlwaysValid
    bayes: Beside | None
    shrunk: float | None
    minimum_detectable: float | None
    verdict: ExperimentVerdict
    reasons: list[Reason]


class SampleRatio(Strict):
    """Whether the arms are as large as they should be.

    Attributes:
        p: of the chi-square test.
        status: `warn` below .01, `block` below .001.
        sequential_p: of a test that may be looked at after every person; with a time column the least over the course.
    """

    p: float
    status: Literal["ok", "warn", "block"]
    sequential_p: float


class GuardrailFigures(Strict):
    """A metric that must not get worse by more than a margin, of one treatment.

    Attributes:
        low, high: always valid, at 95 % for all guardrails and treatments together, where that has started; else at a
            fixed look.
        margin: how much worse is bearable, in units of the metric.
        status: `passed`: worse by less than the margin; `failed`: worse, and perhaps by more; else `unclear`.
    """

    name: str
    treatment: str
    effect: float | None
    low: float | None
    high: float | None
    margin: float | None
    status: Literal["passed", "failed", "unclear"]


class SegmentFigures(Strict):
    """The effect among some of the people.

    Attributes:
        n: people of the treatment and the control.
        q: p over all segments and treatments together (Benjamini-Hochberg).
        hidden: why all figures are None: few people, or they would give away a segment of few.
    """

    column: str
    segment: str
    treatment: str
    n: int | None
    hidden: Hidden | None
    effect: float | None
    low: float | None
    high: float | None
    p: float | None
    q: float | None
    shrunk: float | None


class CovariateFigures(Strict):
    """What a covariate known before the experiment gave (CUPED).

    Attributes:
        theta: change of the outcome for one unit of the covariate.
        variance_removed: share of the outcome's variance.
        missing: people without it; they have an indicator of their own.
        unadjusted: the effect without it.
    """

    column: str
    theta: float
    variance_removed: float
    missing: int
    unadjusted: float


class Look(Strict):
    """How it stood at a moment: people in the two arms so far and the always-valid interval."""

    time: dt.datetime
    n: int
    effect: float | None
    low: float | None
    high: float | None


class LeftOut(Strict):
    """Who does not count.

    Attributes:
        in_two_arms: people found in two arms; they are in none of the figures.
        duplicates: rows that repeat another one.
        merged: further rows of a person, put together with the first.
        without_arm: rows without an arm.
        without_outcome: people whose outcome is not known.
    """

    in_two_arms: int = 0
    duplicates: int = 0
    merged: int = 0
    without_arm: int = 0
    without_outcome: int = 0


class Analysis(Strict):
    """An experiment, analysed. The fields beside `comparisons` are of the treatment that did best.

    With a sample ratio mismatch there is no effect and no interval: who came into which arm was not by chance. Segments
    of fewer people than `threshold` are hidden.
    """

    kind: MetricKind
    direction: Wanted
    control: str
    treatment: str
    arms: list[ArmFigures]
    effect: float | None
    relative: float | None
    fixed: FixedHorizon
    always: AlwaysValid
    srm: SampleRatio
    verdict: ExperimentVerdict
    reasons: list[Reason]
    grade: Grade
    not_checked: list[NotChecked]
    comparisons: list[Comparison]
    guardrails: list[GuardrailFigures]
    segments: list[SegmentFigures]
    threshold: int
    covariate: CovariateFigures | None
    course: list[Look]
    planned: int | None
    left_out: LeftOut


class Plan(Strict):
    """How large an experiment has to be.

    Attributes:
        per_arm: people in each arm for a fixed look; `always_per_arm` for always-valid looks.
        total, always_total: over all arms.
        minimum_detectable: the effect that it is planned for, absolute.
        days: until the always-valid size is reached at so many people a day; None if that is not said.
    """

    kind: MetricKind
    base: float
    minimum_detectable: float
    relative: float | None
    power: float
    alpha: float
    arms: int
    per_arm: int
    total: int
    always_per_arm: int
    always_total: int
    days: int | None
