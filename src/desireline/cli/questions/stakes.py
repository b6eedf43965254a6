"""What people lose who meet a touchpoint, and what that is worth."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, line, table, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
    from desireline.analyze.stakes import StakesResult


def stakes(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    goal: Annotated[str, typer.Option("--goal", metavar="NAME", help="A goal, touchpoint or event name.")],
    touchpoint: Annotated[str, typer.Option("--touchpoint", metavar="NAME", help="What is met.")],
    obstacle: Annotated[
        str | None, typer.Option("--obstacle", metavar="KIND", help="Only whom this kind of obstacle befell there.")
    ] = None,
    channel_of: Annotated[str | None, typer.Option("--channel-of", metavar="NAME", help="Of the obstacle.")] = None,
    within: Annotated[
        str | None, typer.Option("--within", metavar="TIME", help="How long the goal counts afterwards, such as 7d.")
    ] = None,
    value: Annotated[
        float | None, typer.Option("--value", help="Money that one goal is worth; else the mean of its events.")
    ] = None,
    fixable: Annotated[float, typer.Option("--fixable", help="Share that a fix could win back.")] = 1.0,
    as_json: AsJson = False,
) -> None:
    """What people lose who meet a touchpoint, adjusted for what came before; an association, not a proof."""
    session = session_of(context)
    result: StakesResult = ask(
        session, "stakes", as_json, goal=goal, touchpoint=touchpoint, obstacle=obstacle, channel=channel_of, within=within,
        value=value, fixable=fixable, language=session.language, **asked,
    )  # fmt: skip
    if as_json:
        return
    from desireline.i18n import number

    line(session.text("stakes.heading"))
    for sentence in result.sentences:
        line(sentence)
    if result.effects:

        def shown(figure: float) -> str:
            return number(session.language, figure, 3)

        rows = (
            (session.text(f"stakes.outcome.{e.outcome}"), whole(session, e.met), whole(session, e.others),
             shown(e.observed), shown(e.expected), shown(e.loss), f"{shown(e.low)} – {shown(e.high)}", shown(e.naive))
            for e in result.effects
        )  # fmt: skip
        table(session, ("outcome", "met", "others", "observed", "expected", "loss", "interval", "naive"), rows)
    about(session, result)
