"""What people lose who meet a touchpoint, and what that is worth."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, line, table, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
    from desireline.analyze.stakes import StakesResult
    from desireline.analyze.stakes.model import Effect
    from desireline.cli.session import Session


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
        session, "stakes", as_json, goal=goal, touchpoint=touchpoint, obstacle=obstacle, channel=channel_of,
        within=within, value=value, fixable=fixable, language=session.language, **asked,
    )  # fmt: skip
    if as_json:
        return
    line(session.text("stakes.heading"))
    for sentence in result.sentences:
        line(sentence)
    if result.effects:
        columns = ("outcome", "met", "others", "observed", "expected", "loss", "interval", "naive")
        table(session, columns, (_row(session, effect) for effect in result.effects))
    about(session, result)


def _row(session: "Session", effect: "Effect") -> tuple[str, ...]:
    from desireline.i18n import number

    figures = (effect.observed, effect.expected, effect.loss, effect.low, effect.high, effect.naive)
    observed, expected, loss, low, high, naive = (number(session.language, figure, 3) for figure in figures)
    name = session.text(f"stakes.outcome.{effect.outcome}")
    interval = f"{low} – {high}"
    return name, whole(session, effect.met), whole(session, effect.others), observed, expected, loss, interval, naive
