"""Who changes channel."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, line, share, span, table, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
    from desireline.analyze.switches import SwitchesResult
    from desireline.cli.session import Session


def switches(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    within: Annotated[
        str, typer.Option("--within", metavar="72h", help="How soon the same again is a repeat.")
    ] = "72h",
    topic: Annotated[
        str, typer.Option("--topic", metavar="touchpoint|stage|property.PATH", help="What an event is about.")
    ] = "touchpoint",
    goal: Annotated[str | None, typer.Option("--goal", metavar="G", help="What channel mixes should lead to.")] = None,
    as_json: AsJson = False,
) -> None:
    """Who changes channel, how soon, about what, and who has to repeat themselves."""
    session = session_of(context)
    result: SwitchesResult = ask(session, "switches", as_json, within=within, topic=topic, goal=goal, **asked)
    if as_json:
        return
    rows = (
        (s.from_, s.to, whole(session, s.count), whole(session, s.people), span(session, s.median_seconds),
         whole(session, s.repeated), share(session, s.repeated_share), ", ".join(t.name for t in s.topics))
        for s in result.switches
    )  # fmt: skip
    table(session, ("from", "to", "count", "people", "median", "repeated", "share", "topic"), rows)
    line(session.text("switches.repeated", span=span(session, result.within_seconds)))
    line()
    numbers = ((c.channels, whole(session, c.people), share(session, c.share)) for c in result.channels)
    table(session, ("channel_number", "people", "share"), numbers)
    _mixes(session, result, with_goal=goal is not None)
    about(session, result)


def _mixes(session: "Session", result: "SwitchesResult", *, with_goal: bool) -> None:
    rows = [
        [session.text("node.other") if m.channels == ["@other"] else " + ".join(m.channels), whole(session, m.people),
         share(session, m.share)]
        for m in result.mixes
    ]  # fmt: skip
    columns = ["channels_used", "people", "share"]
    if with_goal:
        columns += ["reached", "of_people", "interval"]
        for row, m in zip(rows, result.mixes, strict=True):
            row += [
                whole(session, m.reached or 0), share(session, m.share_reached),
                f"{share(session, m.low)} – {share(session, m.high)}",
            ]  # fmt: skip
    table(session, columns, rows)
