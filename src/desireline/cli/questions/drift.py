"""Which transitions changed."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, day, line, share, table, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
    from desireline.analyze.drift import DriftResult


def drift(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    seed: Annotated[int, typer.Option("--seed", help="Of the chance that the test draws on.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Which transitions changed, since when, and how surely."""
    session = session_of(context)
    result: DriftResult = ask(session, "drift", as_json, seed=seed, **asked)
    if as_json:
        return
    if not result.enough:
        line(session.text(f"drift.{result.reason}"))
    elif not result.changes:
        line(session.text("drift.none", n=result.rows_tested))
    else:
        rows = (
            (c.from_, c.to, day(session, c.since), share(session, c.share_before), share(session, c.share_after),
             f"{share(session, c.low)} – {share(session, c.high)}", whole(session, c.people))
            for c in result.changes
        )  # fmt: skip
        table(session, ("from", "to", "since", "share_before", "share_after", "change_interval", "people"), rows)
    about(session, result)
