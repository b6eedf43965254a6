"""How long people take from one step to another."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, share, span, table, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
    from desireline.analyze.durations import DurationsResult


def durations(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    start: Annotated[
        str, typer.Option("--from", metavar="A", help="Step that starts the clock; @first: the first event.")
    ],
    end: Annotated[str, typer.Option("--to", metavar="B", help="Step that stops it; @last: the last event.")],
    by: Annotated[Literal["channel", "stage"] | None, typer.Option("--by", help="Of the starting event.")] = None,
    of: Annotated[Literal["touchpoint", "stage"], typer.Option("--of", help="What A and B are.")] = "touchpoint",
    as_json: AsJson = False,
) -> None:
    """How long people take from one step to another."""
    session = session_of(context)
    fields = {"from": start, "to": end, "by": by, "of": of, **asked}
    result: DurationsResult = ask(session, "durations", as_json, **fields)
    if as_json:
        return
    whole_answer = [(session.text("all"), result)]
    groups = [(g.name or "–", g) for g in result.groups] if by else []
    rows = (
        (name, whole(session, g.entered), whole(session, g.n), share(session, g.share), span(session, g.median_seconds),
         span(session, g.p90_seconds))
        for name, g in [*groups, *whole_answer]
    )  # fmt: skip
    table(session, ("group", "entered", "reached", "share", "median", "p90"), rows)
    about(session, result)
