"""Sessions by silence."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, amount, line, share, span, table, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
    from desireline.analyze.sessions import SessionsResult
    from desireline.cli.session import Session


def _gaps(given: list[str] | None) -> dict[str, str]:
    from desireline.errors import BadQuestion

    gaps = {}
    for text in given or []:
        channel, sign, gap = text.rpartition("=")
        if not sign or not channel:
            raise BadQuestion(parameter="gap-of", given=text, expected="CHANNEL=24h")
        gaps[channel] = gap
    return gaps


def sessions(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    gap: Annotated[str, typer.Option("--gap", metavar="30m", help="A longer silence ends a session.")] = "30m",
    gap_of: Annotated[
        list[str] | None, typer.Option("--gap-of", metavar="CHANNEL=24h", help="After an event of a channel; repeat.")
    ] = None,
    by: Annotated[
        str | None, typer.Option("--by", metavar="channel|property.PATH|…", help="Groups by the first event.")
    ] = None,
    top: Annotated[int, typer.Option("--top", min=1, help="Groups with a name of their own.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Sessions: how many, how long, where they start and end."""
    session = session_of(context)
    result: SessionsResult = ask(session, "sessions", as_json, gap=gap, gaps=_gaps(gap_of), by=by, top=top, **asked)
    if as_json:
        return
    _ends(session, result)
    if by:
        groups = (
            (g.name or "–", whole(session, g.sessions), whole(session, g.bounced), share(session, g.bounce_share),
             span(session, g.median_seconds))
            for g in result.groups
        )  # fmt: skip
        table(session, ("group", "sessions", "bounced", "share", "median"), groups)
    line(session.text("sessions.count", n=result.sessions))
    if result.sessions:
        _told(session, result)
    about(session, result)


def _ends(session: "Session", result: "SessionsResult") -> None:
    starts, ends = {e.name: e for e in result.entries}, {e.name: e.sessions for e in result.exits}
    rows = []
    for name in dict.fromkeys([*starts, *ends]):
        entered, bounced = (starts[name].sessions, starts[name].bounced) if name in starts else (0, 0)
        rows.append((name, *(whole(session, n) for n in (entered, bounced, ends.get(name, 0)))))
    table(session, ("step", "starts", "bounced", "ends"), rows)


def _told(session: "Session", result: "SessionsResult") -> None:
    interval = f"{share(session, result.low)} – {share(session, result.high)}"
    line(session.text("sessions.bounced", share=share(session, result.bounce_share), interval=interval))
    line(
        session.text(
            "sessions.length", median=span(session, result.median_seconds), p90=span(session, result.p90_seconds),
            events=amount(session, result.events_per_session),
        )
    )  # fmt: skip
