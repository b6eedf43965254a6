"""How many reach each small step, and how much oftener they reach the goal."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, line, share, table, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
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
    reached = share(session, result.converted / result.people_in_scope if result.people_in_scope else None)
    counts = {"n": whole(session, result.converted), "of": whole(session, result.people_in_scope)}
    line(session.text("micro_conversions.converted", share=reached or "–", **counts))
    about(session, result)


def _lift(session: "Session", row: "MicroConversion") -> tuple[str | None, str | None]:
    from desireline.i18n import number

    def times(value: float) -> str:
        return f"× {number(session.language, value, 2)}"

    ends = None if row.lift_low is None or row.lift_high is None else f"{times(row.lift_low)} – {times(row.lift_high)}"
    return None if row.lift is None else times(row.lift), ends
