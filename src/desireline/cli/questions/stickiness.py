"""On how many days people are active."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, amount, day, line, share, table, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
    from desireline.analyze.stickiness import StickinessResult


def stickiness(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    period: Annotated[Literal["week", "month"], typer.Option("--period", help="Whose days are counted.")] = "week",
    event: Annotated[str | None, typer.Option("--event", metavar="A", help="What makes people active; any.")] = None,
    as_json: AsJson = False,
) -> None:
    """On how many days of a week or month people are active."""
    session = session_of(context)
    result: StickinessResult = ask(session, "stickiness", as_json, period=period, event=event, **asked)
    if as_json:
        return
    rows = ((bar.days, whole(session, bar.people), share(session, bar.share)) for bar in result.bars)
    table(session, ("days", "people", "share"), rows)
    if result.start is not None and result.average_days is not None:
        mean = amount(session, result.average_days)
        line(session.text(f"stickiness.{period}", start=day(session, result.start), mean=mean))
    about(session, result)
