"""How long people take from one step to another."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import about, line, share, span, table, whole
from desireline.cli.questions.answering import ask

if TYPE_CHECKING:
    from desireline.analyze.durations import DurationsResult, Survival, Times
    from desireline.cli.session import Session


def durations(
    context: typer.Context,
    *,
    asked: dict[str, Any],
    start: Annotated[
        str, typer.Option("--from", metavar="A", help="Step that starts the clock; @first: the first event.")
    ],
    end: Annotated[str, typer.Option("--to", metavar="B", help="Step that stops it; @last: the last event.")],
    by: Annotated[
        str | None, typer.Option("--by", metavar="BY", help="channel, stage, property.PATH, trait.NAME, … of A.")
    ] = None,
    of: Annotated[Literal["touchpoint", "stage"], typer.Option("--of", help="What A and B are.")] = "touchpoint",
    top: Annotated[int, typer.Option("--top", min=1, help="How many groups keep their name.")] = 10,
    horizon: Annotated[
        str | None, typer.Option("--horizon", metavar="30d", help="Watch everyone for so long at most.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """How long people take from one step to another, and how many get there."""
    session = session_of(context)
    fields = {"from": start, "to": end, "by": by, "of": of, "top": top, "horizon": horizon, **asked}
    result: DurationsResult = ask(session, "durations", as_json, **fields)
    if as_json:
        return
    groups = [(g.name or "–", g) for g in result.groups] if by else []
    rows = (_row(session, name, g) for name, g in [*groups, (session.text("all"), result)])
    columns = ("group", "entered", "reached", "share", "median", "p90", "estimate", "interval")
    table(session, columns, rows)
    if result.survival.median_seconds is not None:
        line(session.text("durations.survival", median=_median(session, result.survival)))
    if (test := result.log_rank) is not None:
        line(session.text("durations.log_rank", statistic=f"{test.statistic:.2f}", df=test.df, p=f"{test.p:.2g}"))
    about(session, result)


def _row(session: "Session", name: str, times: "Times") -> tuple[str | None, ...]:
    s = times.survival
    ends = None if s.share_low is None else f"{share(session, s.share_low)} – {share(session, s.share_high)}"
    return (
        name, whole(session, times.entered), whole(session, times.n), share(session, times.share),
        span(session, times.median_seconds), span(session, times.p90_seconds), share(session, s.share_reached), ends,
    )  # fmt: skip


def _median(session: "Session", survival: "Survival") -> str:
    ends = f"{span(session, survival.low) or '–'} – {span(session, survival.high) or '–'}"
    return f"{span(session, survival.median_seconds)} ({ends})"
