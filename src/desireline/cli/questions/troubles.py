"""Troubles that began and ended."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, line, share, table, when, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
    from desireline.analyze.troubles import Trouble, TroublesResult
    from desireline.cli.session import Session


def troubles(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    goal: Annotated[
        str | None, typer.Option("--goal", metavar="G", help="A goal, touchpoint or event to go on to.")
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="channel|property.PATH", help="What segments are made of; repeat."),
    ] = None,
    within: Annotated[str, typer.Option("--within", metavar="30m", help="How soon back is a loop.")] = "30m",
    seed: Annotated[int, typer.Option("--seed", help="Of the chance that the test draws on.")] = 0,
    as_json: AsJson = False,
) -> None:
    """When and for whom something went wrong for a time: loops, and fewer who go on; also what is still on."""
    session = session_of(context)
    result: TroublesResult = ask(
        session, "troubles", as_json, goal=goal, by=by, within=within, seed=seed, **asked
    )  # fmt: skip
    if as_json:
        return
    if not result.enough:
        line(session.text(f"troubles.{result.reason}"))
    elif not result.troubles:
        line(session.text("troubles.none", n=result.series))
    else:
        columns = ("kind", "touchpoint", "onward_to", "only_for", "begins", "until", "people", "share_during",
                   "share_usual")  # fmt: skip
        table(session, columns, (_row(session, one) for one in result.troubles))
        if result.running:
            line(session.text("troubles.running", n=result.running))
    about(session, result)


def _row(session: "Session", one: "Trouble") -> list[str | None]:
    return [
        session.text(f"troubles.kind.{one.kind}"), one.touchpoint, one.onward,
        ", ".join(f"{k} = {v}" for k, v in one.segment.items()) or session.text("everyone"),
        when(session, one.from_), session.text("troubles.now") if one.running else when(session, one.to),
        whole(session, one.people), share(session, one.share_during), share(session, one.share_usual),
    ]  # fmt: skip
