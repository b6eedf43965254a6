"""What directly follows what."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.options import AsJson, Collapse, session_of
from desireline.cli.output import about, share, span, table, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
    from desireline.analyze.transitions import TransitionsResult


Top = Annotated[int | None, typer.Option("--top", min=1, help="How many, the commonest first.")]


def transitions(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    top: Top = None,
    collapse: Collapse = False,
    medians: Annotated[bool, typer.Option("--medians/--no-medians", help="How long they take; slower.")] = True,
    goal: Annotated[
        str | None, typer.Option("--goal", metavar="G", help="Only those who reach a goal, touchpoint or event.")
    ] = None,
    reached: Annotated[
        bool | None, typer.Option("--reached/--not-reached", help="Those who reach the goal, or who do not.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """What directly follows what, the commonest first."""
    session = session_of(context)
    which = True if reached is None and goal is not None else reached
    result: TransitionsResult = ask(
        session, "transitions", as_json, top=top, collapse=collapse, medians=medians, goal=goal, reached=which, **asked
    )
    if as_json:
        return
    rows = (
        (t.from_, t.to, whole(session, t.count), share(session, t.share), whole(session, t.people),
         span(session, t.median_seconds), span(session, t.p90_seconds))
        for t in result.transitions
    )  # fmt: skip
    table(session, ("from", "to", "count", "share", "people", "median", "p90"), rows)
    about(session, result)
