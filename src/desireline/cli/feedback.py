"""What people said, newest first, with what is counted of it."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.options import AsJson, Limit, Offset, session_of
from desireline.cli.output import line, print_json, table, when, whole
from desireline.cli.progress import waiting

if TYPE_CHECKING:
    from desireline.cli.session import Session
    from desireline.model.feedback import FeedbackCount, FeedbackCounts, FeedbackItem, FeedbackPage

ANY = "Any of these; repeat."
Spoken = Annotated[
    list[str] | None, typer.Option("--text-language", metavar="CODE", help="Language of the answer; repeat.")
]
Tone = Annotated[list[str] | None, typer.Option("--sentiment", metavar="positive|neutral|negative|unsure", help=ANY)]
JudgedBy = Annotated[list[str] | None, typer.Option("--judged-by", metavar="score|correction|model", help=ANY)]
SHOWN = 300
"""Characters of a text in the table; `--json` and `--csv` have all of it."""


def add_to(app: typer.Typer) -> None:
    """Registers the command."""
    app.command()(feedback)


def feedback(
    context: typer.Context,
    *,
    touchpoint: Annotated[list[str] | None, typer.Option("--touchpoint", metavar="NAME", help=ANY)] = None,
    channel: Annotated[list[str] | None, typer.Option("--channel", metavar="NAME", help=ANY)] = None,
    scale: Annotated[list[str] | None, typer.Option("--scale", metavar="SCALE", help="Such as nps or csat_5.")] = None,
    band: Annotated[list[str] | None, typer.Option("--band", metavar="good|neutral|bad", help=ANY)] = None,
    spoken: Spoken = None,
    survey: Annotated[list[str] | None, typer.Option("--survey", metavar="NAME", help=ANY)] = None,
    question: Annotated[list[str] | None, typer.Option("--question", metavar="ID", help=ANY)] = None,
    sentiment: Tone = None,
    judged_by: JudgedBy = None,
    search: Annotated[str, typer.Option("--search", metavar="TEXT", help="Words that hold this.")] = "",
    with_text: Annotated[bool, typer.Option("--with-text", help="Only feedback with words.")] = False,
    since: Annotated[str | None, typer.Option("--since", metavar="YYYY-MM-DD", help="First day.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="YYYY-MM-DD", help="Last day.")] = None,
    segment: Annotated[str | None, typer.Option("--segment", metavar="NAME", help="Only this saved segment.")] = None,
    limit: Limit = 20,
    offset: Offset = 0,
    csv: Annotated[bool, typer.Option("--csv", help="Print all of it as CSV.")] = False,
    as_json: AsJson = False,
) -> None:
    """What people said: counts by touchpoint and scale, and the newest answers and comments."""
    session = session_of(context)
    asked: dict[str, Any] = {
        "touchpoints": touchpoint or [], "channels": channel or [], "scales": scale or [], "bands": band or [],
        "languages": spoken or [], "surveys": survey or [], "questions": question or [],
        "sentiments": sentiment or [], "judged_by": judged_by or [], "search": search,
        "with_text": True if with_text else None, "since": since, "until": until, "segment": segment,
    }  # fmt: skip
    door = session.workspace.feedback
    if csv:
        for text in door.export(asked):
            typer.echo(text, nl=False)
        return
    with waiting(session, "question"):
        counts, page = door.counts(asked), door.stream(asked, limit, offset)
    if as_json:
        print_json({"counts": counts.model_dump(mode="json"), **page.model_dump(mode="json")})
        return
    _shown(session, counts, page)


def _shown(session: "Session", counts: "FeedbackCounts", page: "FeedbackPage") -> None:
    if not counts.n:
        line(session.text("feedback.none"))
        return
    columns = ("touchpoint", "scale", "answers", "people", "mean", "buckets")
    table(session, columns, (_counted(session, one) for one in counts.counts))
    line()
    table(session, ("time", "person", "touchpoint", "score", "text"), (_said(session, one) for one in page.items))
    line(session.text("feedback.about", n=counts.n, people=whole(session, counts.people)))


def _counted(session: "Session", one: "FeedbackCount") -> tuple[str | None, ...]:
    named = ((session.text(f"feedback.bucket.{name}"), whole(session, n)) for name, n in one.buckets.items())
    buckets = ", ".join(f"{name} {n}" for name, n in named)
    mean = None if one.mean is None else f"{one.mean:.2f}"
    return one.touchpoint, one.scale, whole(session, one.n), whole(session, one.people), mean, buckets


def _said(session: "Session", one: "FeedbackItem") -> tuple[str | None, ...]:
    score = None if one.score is None else f"{one.score:g}"
    text = one.text if one.text is None or len(one.text) <= SHOWN else one.text[:SHOWN] + "…"
    return when(session, one.time), one.person, one.touchpoint or one.name, score or one.answer, text
