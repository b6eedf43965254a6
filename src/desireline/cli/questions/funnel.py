"""How many people walk through steps in order."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, line, share, span, table, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
    from desireline.analyze.funnel import FunnelResult


def _steps(listed: str | None, single: list[str] | None, context: typer.Context) -> list[str]:
    steps = [s.strip() for s in (listed or "").split(",") if s.strip()] + (single or [])
    if not steps:
        raise typer.BadParameter("give --steps A,B,C, or --step A --step B", ctx=context)
    return steps


def funnel(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    steps: Annotated[str | None, typer.Option("--steps", metavar="A,B,C", help="Steps in order.")] = None,
    step: Annotated[list[str] | None, typer.Option("--step", metavar="NAME", help="One step; repeat.")] = None,
    within: Annotated[
        str | None, typer.Option("--within", metavar="7d", help="Window from first to last step.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """How many people walk through steps in order."""
    session = session_of(context)
    names = _steps(steps, step, context)
    result: FunnelResult = ask(session, "funnel", as_json, steps=names, within=within, **asked)
    if as_json:
        return
    rows = (
        (s.name, whole(session, s.people), share(session, s.share_of_first), share(session, s.share_of_previous),
         span(session, s.median_seconds_from_first))
        for s in result.steps
    )  # fmt: skip
    table(session, ("step", "people", "of_first", "of_previous", "median_from_first"), rows)
    if result.within_seconds is not None:
        line(session.text("within", span=span(session, result.within_seconds)))
    about(session, result)
