"""An experiment, analysed: everything together."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import numpy as np

from desireline.act.experiments.bayes import beside
from desireline.act.experiments.comparing import Design, Measured, always_of, fixed_of, known, measured
from desireline.act.experiments.course import assigned_by, course, edges
from desireline.act.experiments.deciding import WEEK, Evidence, verdict
from desireline.act.experiments.fixed import NOTHING
from desireline.act.experiments.guarding import guardrails
from desireline.act.experiments.moments import error
from desireline.act.experiments.multiplicity import holm, shrunk
from desireline.act.experiments.planning import minimum_detectable
from desireline.act.experiments.sample import F64, I64, Sample
from desireline.act.experiments.sample_ratio import sample_ratio
from desireline.act.experiments.segmenting import segments
from desireline.analyze.portraits.small import THRESHOLD
from desireline.errors import BadQuestion, OneArm
from desireline.model.experiment_result import (
    Analysis,
    ArmFigures,
    Comparison,
    CovariateFigures,
    GuardrailFigures,
    LeftOut,
    NotChecked,
    SampleRatio,
)


@dataclass(frozen=True)
class Asked:
    """What is known of an experiment besides its data.

    Attributes:
        control: the arm that the others are compared with; the first in order for None.
        planned: people in all arms together.
        expected: weight of each arm in the assignment; equal for None.
        usual_effect: the standard deviation of true effects of experiments like it, to which winners are drawn.
    """

    control: str | None = None
    planned: int | None = None
    expected: dict[str, float] | None = None
    usual_effect: float | None = None


def analyse(sample: Sample, asked: Asked, left_out: LeftOut) -> Analysis:
    """The experiment's effects, checks and verdict.

    Raises:
        OneArm: everybody is in the same arm, or an arm that was expected has nobody.
        BadQuestion: the control or an expected arm is none, or a figure makes no sense.
    """
    design = _design(sample, asked)
    ends = None if sample.time is None or not len(sample.time) else edges(sample.time)
    counts = np.bincount(sample.arm, minlength=len(sample.arms))
    shares = np.array(design.shares)
    srm = sample_ratio(counts, shares, None if ends is None else assigned_by(sample, ends))
    covariate = None if sample.covariate is None else sample.covariate[1]
    found = measured(sample, sample.outcome, covariate)
    blocked = srm.status == "block"
    guards = [] if blocked else guardrails(sample, design)
    compared = _compared(sample, found, design, srm, guards, asked)
    best = _best(compared, sample)
    treatment = sample.arms.index(best.treatment)
    return Analysis(
        kind=sample.outcome.kind, direction=sample.outcome.direction, control=sample.arms[design.control],
        treatment=best.treatment, arms=_arms(sample, found, counts, shares, blocked), effect=best.effect,
        relative=best.relative, fixed=best.fixed, always=best.always, srm=srm, verdict=best.verdict,
        reasons=best.reasons, grade="D" if blocked else "A",
        not_checked=_not_checked(sample, asked, left_out, guards, best), comparisons=compared, guardrails=guards,
        segments=[] if blocked else segments(sample, found, design), threshold=THRESHOLD,
        covariate=None if blocked else _covariate(sample, found, treatment, design.control),
        course=[] if blocked or ends is None else course(sample, found, design, treatment, ends),
        planned=asked.planned, left_out=left_out,
    )  # fmt: skip


def _design(sample: Sample, asked: Asked) -> Design:
    weights = asked.expected
    for given in [asked.control or sample.arms[0], *(weights or {})]:
        if given not in sample.arms:
            raise BadQuestion(parameter="arm", given=given[:100], expected=", ".join(sample.arms[:20]))
    there = np.unique(sample.arm)
    if len(there) < 2:
        raise OneArm(arm=sample.arms[int(there[0])] if len(there) else "", n=len(sample.arm))
    if asked.planned is not None and asked.planned < 2:
        raise BadQuestion(parameter="planned", given=str(asked.planned), expected="≥ 2")
    if asked.usual_effect is not None and not asked.usual_effect > 0:
        raise BadQuestion(parameter="usual_effect", given=str(asked.usual_effect), expected="> 0")
    wanted = np.array([1.0 if weights is None else weights.get(arm, 0.0) for arm in sample.arms])
    if not (np.isfinite(wanted) & (wanted > 0)).all():
        raise BadQuestion(parameter="expected", given=str(weights), expected=f"{', '.join(sample.arms)}: > 0")
    shares = (wanted / wanted.sum()).tolist()
    return Design(shares, asked.planned, sample.arms.index(asked.control) if asked.control else 0)


def _compared(
    sample: Sample, found: Measured, design: Design, srm: SampleRatio, guards: Sequence[GuardrailFigures], asked: Asked
) -> list[Comparison]:
    rows = [_comparison(sample, found, design, srm, guards, asked, treatment) for treatment in design.treatments]
    if srm.status == "block":
        return rows
    for row, adjusted in zip(rows, holm([row.fixed.p for row in rows]), strict=True):
        row.fixed.p_holm = adjusted
    control = found.figures.one(design.control)
    errors = np.array([error(found.figures.one(treatment), control) for treatment in design.treatments])
    if np.isfinite(errors).all() and (errors > 0).all() and (asked.usual_effect is not None or len(rows) > 2):
        effects = np.array([row.effect for row in rows], np.float64)
        around = 0.0 if asked.usual_effect is not None else None
        for row, value in zip(rows, shrunk(effects, errors, around, asked.usual_effect), strict=True):
            row.shrunk = float(value)
    return rows


def _comparison(
    sample: Sample, found: Measured, design: Design, srm: SampleRatio, guards: Sequence[GuardrailFigures],
    asked: Asked, treatment: int,
) -> Comparison:  # fmt: skip
    outcome, name = sample.outcome, sample.arms[treatment]
    treated, control = found.figures.one(treatment), found.figures.one(design.control)
    always = always_of(outcome, found, treatment, design)
    span = None if sample.time is None else int(sample.time.max() - sample.time.min())
    told, reasons = verdict(
        Evidence(
            srm, always, [g for g in guards if g.treatment == name], outcome.direction, len(found.arm), asked.planned,
            span,
        )
    )  # fmt: skip
    if told == "blocked":
        hidden = always.model_copy(update={"low": None, "high": None})
        return Comparison(
            treatment=name, effect=None, relative=None, fixed=NOTHING, always=hidden, bayes=None, shrunk=None,
            minimum_detectable=None, verdict=told, reasons=reasons,
        )  # fmt: skip
    effect, spread = known(treated.mean - control.mean), error(treated, control)
    relative = effect / abs(control.mean) if effect is not None and control.mean else None
    return Comparison(
        treatment=name, effect=effect, relative=relative,
        fixed=fixed_of(outcome, found, treatment, design.control), always=always,
        bayes=beside(outcome.kind, treated, control, outcome.direction, found.covariate is not None),
        shrunk=None, minimum_detectable=minimum_detectable(spread) if 0 < spread < inf else None,
        verdict=told, reasons=reasons,
    )  # fmt: skip


def _best(compared: list[Comparison], sample: Sample) -> Comparison:
    """The treatment with the best effect; the first one where there is none."""
    sign = 1 if sample.outcome.direction == "up" else -1
    return max(compared, key=lambda row: -np.inf if row.effect is None else sign * row.effect)


def _arms(sample: Sample, found: Measured, counts: I64, shares: F64, blocked: bool) -> list[ArmFigures]:
    return [
        ArmFigures(
            arm=arm, n=int(found.raw.n[k]), value=None if blocked else known(float(found.raw.mean[k])),
            conversions=None if blocked else int(found.raw.conversions[k]), assigned=int(counts[k]),
            expected=float(shares[k] * counts.sum()),
        )
        for k, arm in enumerate(sample.arms)
    ]  # fmt: skip


def _covariate(sample: Sample, found: Measured, treatment: int, control: int) -> CovariateFigures | None:
    if sample.covariate is None or found.covariate is None:
        return None
    mean = found.raw.mean
    return CovariateFigures(
        column=sample.covariate[0], theta=found.covariate.theta, variance_removed=found.covariate.variance_removed,
        missing=found.covariate.missing, unadjusted=float(mean[treatment] - mean[control]),
    )  # fmt: skip


def _not_checked(
    sample: Sample, asked: Asked, left_out: LeftOut, guards: Sequence[GuardrailFigures], best: Comparison
) -> list[NotChecked]:
    span = None if sample.time is None else int(sample.time.max() - sample.time.min())
    whole: list[tuple[NotChecked, bool]] = [
        ("planned_size", asked.planned is None),
        ("time_course", sample.time is None),
        ("weekly_cycle", span is None or span < WEEK),
        ("people_in_two_arms", left_out.in_two_arms > 0),
        ("missing_outcomes", left_out.without_outcome > 0),
        ("guardrails", not sample.guardrails),
        ("guardrail_unclear", any(g.status == "unclear" and g.treatment == best.treatment for g in guards)),
        ("covariate_before_assignment", sample.covariate is not None),
        ("winners_shrunk", best.shrunk is None),
        ("detectable_size", best.effect is not None and best.minimum_detectable is None),
    ]
    return [code for code, holds in whole if holds]
