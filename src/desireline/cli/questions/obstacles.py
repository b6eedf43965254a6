"""Where people struggle."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, line, share, table, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
    from desireline.analyze.detectors.model import Obstacle
    from desireline.analyze.obstacles import ObstaclesResult
    from desireline.cli.session import Session


def obstacles(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    kind: Annotated[list[str] | None, typer.Option("--kind", metavar="KIND", help="Only this kind; repeat.")] = None,
    goal: Annotated[
        str | None, typer.Option("--goal", metavar="G", help="What too many touchpoints come before.")
    ] = None,
    top: Annotated[int, typer.Option("--top", min=1, help="How many to list.")] = 200,
    as_json: AsJson = False,
) -> None:
    """Where people struggle: clicks in anger, errors, loops, waits, repeated contacts, drop-off and more."""
    session = session_of(context)
    own: dict[str, Any] = {"kinds": kind, "goal": goal, "top": top, "language": session.language}
    result: ObstaclesResult = ask(session, "obstacles", as_json, **own, **asked)
    if as_json:
        return
    if result.obstacles:
        line(session.text("obstacles.caution"))
        columns = ("places", "obstacle", "touchpoint", "channel", "people", "share", "interval", "per_month", "above")
        table(session, columns, (_row(session, one) for one in result.obstacles))
        for one in result.obstacles:
            line(one.sentence)
    else:
        line(session.text("obstacles.none"))
    if result.not_measurable:
        line()
        line(session.text("obstacles.not_measurable"))
        for missing in result.not_measurable:
            line(f"  {_kind(session, missing.kind)}: {missing.sentence}")
    about(session, result)


def _row(session: "Session", one: "Obstacle") -> tuple[str | None, ...]:
    places = f"{one.rank_low}" if one.rank_low == one.rank_high else f"{one.rank_low} – {one.rank_high}"
    return (
        places, _kind(session, one.kind), one.touchpoint, one.channel, whole(session, one.people),
        share(session, one.share), f"{share(session, one.low)} – {share(session, one.high)}",
        whole(session, round(one.people_per_month)), whole(session, round(one.above)),
    )  # fmt: skip


def _kind(session: "Session", kind: str) -> str:
    from desireline.i18n import translate

    return translate(session.language, f"obstacles.kind.{kind}")
