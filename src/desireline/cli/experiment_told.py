"""An analysed experiment as it is printed: the verdict first, then what it rests on and what was not checked."""

from typing import TYPE_CHECKING

from desireline.cli.output import line, table, whole

if TYPE_CHECKING:
    from desireline.cli.session import Session
    from desireline.model.experiment_result import Analysis, Comparison, MetricKind, Plan


def told(session: "Session", found: "Analysis", money: list[str]) -> None:
    """All of it; `money` of the effect in sentences."""
    for one in found.comparisons:
        _verdict(session, found, one)
    for sentence in money:
        line(sentence)
    rows = [(a.arm, whole(session, a.n), whole(session, a.assigned), level(session, found.kind, a.value))
            for a in found.arms]  # fmt: skip
    table(session, ("arm", "people", "assigned", "value"), rows)
    line(session.text(f"experiment.srm.{found.srm.status}", p=_p(session, found.srm.p)))
    if found.covariate is not None:
        removed = _percent(session, found.covariate.variance_removed)
        line(session.text("experiment.covariate", column=found.covariate.column, share=removed))
    _guardrails(session, found)
    _segments(session, found)
    for name, n in found.left_out.model_dump().items():
        if n:
            line(session.text(f"experiment.left_out.{name}", n=n))
    if found.not_checked:
        what = "; ".join(session.text(f"experiment.unchecked.{code}") for code in found.not_checked)
        line(session.text("experiment.not_checked", what=what))


def level(session: "Session", kind: "MetricKind", value: float | None) -> str | None:
    """A share as a percentage, a mean or ratio as a number."""
    if value is None:
        return None
    return _percent(session, value) if kind == "binary" else _number(session, value)


def difference(session: "Session", kind: "MetricKind", value: float | None) -> str:
    """Points of a percentage, or a number."""
    if value is None:
        return "–"
    if kind != "binary":
        return _number(session, value)
    return session.text("experiment.points", value=_number(session, value * 100))


def planned(session: "Session", found: "Plan") -> None:
    """How large it has to be."""
    line(
        session.text("experiment.plan.fixed", per_arm=whole(session, found.per_arm), total=whole(session, found.total))
    )
    line(session.text("experiment.plan.always", per_arm=whole(session, found.always_per_arm),
                      total=whole(session, found.always_total)))  # fmt: skip
    if found.days is not None:
        line(session.text("experiment.plan.days", n=found.days))


def _verdict(session: "Session", found: "Analysis", one: "Comparison") -> None:
    why = "; ".join(session.text(f"experiment.reason.{code}") for code in one.reasons)
    verdict = session.text(f"experiment.verdict.{one.verdict}")
    line(session.text("experiment.verdict", verdict=verdict, treatment=one.treatment, control=found.control, why=why,
                      grade=found.grade))  # fmt: skip
    if one.effect is None:
        return
    line("  " + session.text("experiment.effect", effect=difference(session, found.kind, one.effect)))
    if one.fixed.low is not None:
        line("  " + session.text("experiment.fixed", low=difference(session, found.kind, one.fixed.low),
                                 high=difference(session, found.kind, one.fixed.high),
                                 p=_p(session, one.fixed.p_holm)))  # fmt: skip
    if one.always.low is None:
        line("  " + session.text("experiment.always.none"))
    else:
        line("  " + session.text("experiment.always", low=difference(session, found.kind, one.always.low),
                                 high=difference(session, found.kind, one.always.high)))  # fmt: skip
    if one.bayes is not None:
        line("  " + session.text("experiment.bayes", share=_percent(session, one.bayes.probability_better)))


def _guardrails(session: "Session", found: "Analysis") -> None:
    for one in found.guardrails:
        status = session.text(f"experiment.guardrail.{one.status}")
        line(session.text("experiment.guardrail", name=one.name, treatment=one.treatment, status=status))


def _segments(session: "Session", found: "Analysis") -> None:
    if not found.segments:
        return
    from desireline.i18n import translate

    rows = [
        (one.column, one.segment, one.treatment,
         translate(session.language, f"persona.hidden.{one.hidden}", n=found.threshold) if one.n is None
         else whole(session, one.n), difference(session, found.kind, one.effect),
         "–" if one.low is None
         else f"{difference(session, found.kind, one.low)} – {difference(session, found.kind, one.high)}",
         _p(session, one.q))
        for one in found.segments
    ]  # fmt: skip
    table(session, ("column", "segment", "arm", "people", "effect", "interval", "q"), rows)


def _p(session: "Session", p: float | None) -> str:
    from desireline.i18n import number

    if p is None:
        return "–"
    return f"< {number(session.language, 0.0001, 4)}" if p < 0.0001 else number(session.language, p, 4)


def _percent(session: "Session", value: float) -> str:
    from desireline.i18n import percent

    return percent(session.language, value, 2)


def _number(session: "Session", value: float) -> str:
    """With two decimals, small ones with three digits that count."""
    from math import floor, log10

    from desireline.i18n import number

    digits = 2 if abs(value) >= 0.01 or not value else min(8, 2 - floor(log10(abs(value))))
    return number(session.language, value, digits)
