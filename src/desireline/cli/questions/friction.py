"""Which touchpoints go with fewer conversions or more drop-outs at the next step."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, line, table, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
    from desireline.analyze.friction import Finding, FrictionResult
    from desireline.cli.session import Session


def friction(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    goal: Annotated[str, typer.Option("--goal", metavar="NAME", help="A goal, touchpoint or event name.")],
    contact: Annotated[
        list[str] | None, typer.Option("--contact", metavar="NAME", help="People seek help here; repeat.")
    ] = None,
    by: Annotated[
        Literal["channel"] | None, typer.Option("--by", help="Touchpoints apart by the channel they were met on.")
    ] = None,
    gap: Annotated[
        str | None, typer.Option("--gap", metavar="TIME", help="Silence that ends a journey, such as 7d.")
    ] = None,
    top: Annotated[int, typer.Option("--top", min=1, max=200, help="How many touchpoints are tested.")] = 100,
    as_json: AsJson = False,
) -> None:
    """Which touchpoints go with fewer conversions or more drop-outs at the next step."""
    session = session_of(context)
    own = {"contacts": contact, "by": by, "gap": gap, "top": top}
    result: FrictionResult = ask(session, "friction", as_json, goal=goal, **{**own, **asked})
    if as_json:
        return
    shown = [f for f in result.findings if f.direction is not None]
    for heading, rows in (
        ("hinders", [f for f in shown if f.flagged]),
        ("others", [f for f in shown if not f.flagged]),
    ):
        if rows:
            line(session.text(f"friction.{heading}"))
            columns = ("step", "channel", "next", "hazard_ratio", "interval", "q", "people", "events")
            table(session, columns, (_row(session, f) for f in rows))
    if not result.enough:
        line(session.text("friction.not_enough"))
    elif not any(f.flagged for f in shown):
        line(session.text("friction.nothing"))
    line(session.text("friction.caution"))
    counts = {"tested": sum(f.enough for f in result.findings), "of": len(result.findings)}
    line(session.text("friction.tested", steps=whole(session, result.at_risk.steps), **counts))
    about(session, result)


def _row(session: "Session", found: "Finding") -> tuple[str | None, ...]:
    from desireline.i18n import number

    low, high = (number(session.language, end or 0.0, 2) for end in (found.low, found.high))
    name = found.touchpoint + (f" ({session.text('friction.help')})" if found.help_seeking else "")
    return (
        name, found.channel, session.text(f"friction.outcome.{found.outcome}"),
        f"× {number(session.language, found.hazard_ratio or 0.0, 2)}", f"{low} – {high}",
        number(session.language, found.q or 0.0, 4), whole(session, found.people), whole(session, found.events),
    )  # fmt: skip
