"""How many reach each small step, and how much oftener they reach the goal."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, line, share, span, table, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
    from collections.abc import Callable

    from desireline.analyze.micro_conversions import MicroConversion, MicroConversionsResult
    from desireline.cli.session import Session


def micro_conversions(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    goal: Annotated[str, typer.Option("--goal", metavar="NAME", help="A goal, touchpoint or event name.")],
    name: Annotated[list[str] | None, typer.Option("--name", metavar="NAME", help="Only this step; repeat.")] = None,
    as_json: AsJson = False,
) -> None:
    """How many reach each small step, and how much oftener they reach the goal; a naive comparison."""
    session = session_of(context)
    result: MicroConversionsResult = ask(session, "micro_conversions", as_json, goal=goal, names=name, **asked)
    if as_json:
        return
    line(session.text("micro_conversions.heading"))
    line(session.text("micro_conversions.caution"))
    rows = (
        (r.name, whole(session, r.people), share(session, r.share), whole(session, r.before_goal),
         share(session, r.rate_with), share(session, r.rate_without), *_lift(session, r))
        for r in result.rows
    )  # fmt: skip
    columns = ("step", "people", "share", "before_goal", "rate_with", "rate_without", "lift", "lift_interval")
    table(session, columns, rows)
    line(session.text("micro_conversions.three", landmark=span(session, result.landmark_seconds) or "–"))
    answers = ("step", "predicts", "auc", "quickens", "may_add", "e_value")
    table(session, answers, (_three(session, r) for r in result.rows))
    reached = share(session, result.converted / result.people_in_scope if result.people_in_scope else None)
    counts = {"n": whole(session, result.converted), "of": whole(session, result.people_in_scope)}
    line(session.text("micro_conversions.converted", share=reached or "–", **counts))
    about(session, result)


def _lift(session: "Session", row: "MicroConversion") -> tuple[str | None, str | None]:
    known = row.lift_low is not None and row.lift_high is not None
    ends = f"{_times(session, row.lift_low)} – {_times(session, row.lift_high)}" if known else None
    return _times(session, row.lift), ends


def _three(session: "Session", row: "MicroConversion") -> tuple[str | None, ...]:
    from desireline.i18n import number

    told, ratio, added = row.predicts, row.hazard, row.influence
    answers = (
        _within(_times, session, told.lift, told.low, told.high),
        None if told.auc is None else number(session.language, told.auc, 2),
        _within(_times, session, ratio.ratio, ratio.low, ratio.high),
        _within(share, session, added.estimate, added.low, added.high),
        _times(session, added.e_value_low),
    )
    few = session.text("micro_conversions.few")
    return row.name, *(few if one is None and place != 4 else one for place, one in enumerate(answers))


def _within(
    said: "Callable[[Session, float | None], str | None]", session: "Session", value: float | None,
    low: float | None, high: float | None,
) -> str | None:  # fmt: skip
    """A value with its interval."""
    if value is None:
        return None
    ends = "" if low is None or high is None else f" ({said(session, low)} – {said(session, high)})"
    return f"{said(session, value)}{ends}"


def _times(session: "Session", value: float | None) -> str | None:
    from desireline.i18n import number

    return None if value is None else f"× {number(session.language, value, 2)}"
