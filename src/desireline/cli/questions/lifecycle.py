"""Who is new, stays, comes back or stays away."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, day, line, table, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
    from desireline.analyze.lifecycle import LifecycleResult


def lifecycle(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    period: Annotated[Literal["day", "week", "month"], typer.Option("--period", help="Of the calendar.")] = "week",
    event: Annotated[str | None, typer.Option("--event", metavar="A", help="What makes people active; any.")] = None,
    as_json: AsJson = False,
) -> None:
    """Who is new, stays, comes back or stays away, period by period."""
    session = session_of(context)
    result: LifecycleResult = ask(session, "lifecycle", as_json, period=period, event=event, **asked)
    if as_json:
        return
    rows = (
        (day(session, p.start), *(whole(session, n) for n in (p.new, p.returning, p.resurrecting)),
         None if p.dormant is None else whole(session, p.dormant))
        for p in result.periods
    )  # fmt: skip
    table(session, (f"{period}_of", "new", "returning", "resurrecting", "dormant"), rows)
    if any(not p.mature for p in result.periods):
        line(session.text("not_over"))
    about(session, result)
