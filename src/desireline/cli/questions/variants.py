"""Whole journeys, the commonest first."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from desireline.cli.options import AsJson, Collapse, session_of
from desireline.cli.output import about, line, share, table, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
    from desireline.analyze.variants import VariantsResult

MOST = 0.8
"""The share of journeys for which it is said how many variants they take."""


def variants(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    top: Annotated[int, typer.Option("--top", min=1, help="How many, the commonest first.")] = 20,
    collapse: Collapse = False,
    by: Annotated[
        Literal["touchpoint", "stage", "channel"], typer.Option("--by", help="What a journey is made of.")
    ] = "touchpoint",
    as_json: AsJson = False,
) -> None:
    """Whole journeys, the commonest first."""
    session = session_of(context)
    result: VariantsResult = ask(session, "variants", as_json, top=top, collapse=collapse, by=by, **asked)
    if as_json:
        return
    rows = (
        (whole(session, v.people), share(session, v.share), share(session, v.cumulative_share), " → ".join(v.path))
        for v in result.variants
    )
    table(session, ("people", "share", "cumulative", "path"), rows)
    line(session.text("distinct", n=result.distinct))
    most = next((c for c in result.coverage if c.share >= MOST), None)
    if most is not None:
        line(session.text("coverage", n=most.variants, share=share(session, most.share)))
    about(session, result)
