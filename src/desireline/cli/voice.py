"""What texts say: their sentiment and their topics, of a file or of the workspace's feedback."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.options import AsJson, filtered, session_of
from desireline.cli.output import amount, line, print_json, share, table, whole, write_file
from desireline.cli.progress import steps

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desireline.cli.session import Session
    from desireline.model.sentiment import SentimentResult
    from desireline.model.topics import Commonest, FoundTopic, TextTopics, WorkspaceTopics

File = Annotated[
    Path | None, typer.Argument(metavar="FILE", help="CSV, XLSX, Parquet …; else the workspace's feedback.")
]
Text = Annotated[str | None, typer.Option("--text", metavar="COLUMN", help="The texts of the file.")]
Label = Annotated[
    str | None, typer.Option("--label", metavar="COLUMN", help="Known labels: words, or scores of 1-5 or 0-10.")
]
TextLanguage = Annotated[
    str | None, typer.Option("--language", metavar="en|pl|hr", help="Of the texts; detected if absent.")
]
Out = Annotated[Path | None, typer.Option("--out", metavar="FILE.csv", help="Write a row for each text.")]
Number = Annotated[int | None, typer.Option("--topics", min=2, max=200, help="How many; a rule says it if absent.")]
Edit = Annotated[
    str | None,
    typer.Option("--edit", metavar="JSON", help='A change by hand: {"kind", "topics": [ids], "title" …}; remembered.'),
]


def add_to(app: typer.Typer) -> None:
    """Registers the commands."""
    app.command()(sentiment)
    app.command()(topics)


@filtered
def sentiment(
    context: typer.Context, file: File = None, text: Text = None, label: Label = None, language: TextLanguage = None,
    out: Out = None, *, filters: dict[str, Any], as_json: AsJson = False,
) -> None:  # fmt: skip
    """Tell how people feel by their texts, by which model, and how well that model does."""
    from desireline.service.sentiment.of_file import judge_file

    session = session_of(context)
    with steps(session) as progress:
        if file is None:
            found, rows = session.workspace.sentiment.told(filters, progress), []
            if out is not None:
                page = session.workspace.sentiment.texts(filters, limit=sys.maxsize)
                rows = [one.model_dump(mode="json") for one in page.texts]
        else:
            found, rows = judge_file(file, _column(text, "sentiment"), label, language, progress)
    if out is not None:
        _write(out, rows)
    if as_json:
        print_json(found)
    else:
        _told(session, found)


@filtered
def topics(
    context: typer.Context, file: File = None, text: Text = None, language: TextLanguage = None, k: Number = None,
    edit: Edit = None, out: Out = None, *, filters: dict[str, Any], as_json: AsJson = False,
) -> None:  # fmt: skip
    """Group texts by what they are about, with telling words and typical quotes."""
    from desireline.service.topics.of_file import topics_of_file

    session = session_of(context)
    found: TextTopics | WorkspaceTopics
    rows: Sequence[dict[str, Any]]
    with steps(session) as progress:
        if file is None:
            asked = {"filters": filters, "language": language, "k": k}
            if edit is not None:
                session.workspace.topics.edit({**_json(edit), "asked": asked})
            found, rows = session.workspace.topics.find(asked, progress), []
            for topic in found.topics if out is not None else []:
                said = session.workspace.topics.texts(topic.id, asked, limit=sys.maxsize)[1]
                rows = [*rows, *({"topic": topic.name, "text": one} for one in said)]
        else:
            found, rows = topics_of_file(file, _column(text, "topics"), k, language, progress)
    if out is not None:
        _write(out, rows)
    if as_json:
        print_json(found)
    else:
        _listed(session, found)


def _column(text: str | None, command: str) -> str:
    from desireline.errors import BadUsage

    if text is None:
        raise BadUsage(why="Missing option '--text'.", command=f"desireline {command}")
    return text


def _json(text: str) -> dict[str, Any]:
    from desireline.errors import BadQuestion

    try:
        given = json.loads(text)
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise BadQuestion(parameter="edit", given=text[:100], expected='{"kind": "rename", "topics": ["t-…"], …}')
    return given


def _write(out: Path, rows: "Sequence[dict[str, Any]]") -> None:
    from desireline.service.sentiment.of_file import rows_as_csv

    write_file(out, rows_as_csv([*rows]))


def _told(session: "Session", found: "SentimentResult") -> None:
    for one in found.languages:
        line(session.text(f"sentiment.model.{one.model}", tongue=session.text(f"language.{one.language}"),
                          n=one.texts))  # fmt: skip
        if one.quality is not None:
            figure = amount(session, one.quality.macro_f1 * 100)
            line("  " + session.text("sentiment.quality", f1=figure, n=one.quality.n))
        if one.known:
            rest = whole(session, one.texts - one.known)
            line("  " + session.text("sentiment.known", known=whole(session, one.known),
                                     corrected=whole(session, one.corrected), rest=rest))  # fmt: skip
        if one.needed:
            line("  " + session.text("sentiment.needed", n=one.needed))
        line("  " + " · ".join(
            f"{session.text(f'sentiment.label.{name}')} {whole(session, getattr(one.labels, name))}"
            for name in ("positive", "neutral", "negative", "unsure")
        ))  # fmt: skip
    line(session.text("sentiment.left_out", empty=found.empty, cut=found.cut))


def _listed(session: "Session", found: "TextTopics | WorkspaceTopics") -> None:
    from desireline.model.topics import FoundTopic

    if found.refused is not None:
        line(session.text(f"topics.refused.{found.refused}", n=found.texts - found.repeated))
        return
    of_workspace = [one for one in found.topics if isinstance(one, FoundTopic)]
    more = ("topic_change", "touchpoint", "channel") if of_workspace else ()
    rows = (
        (one.name, whole(session, one.size), share(session, one.share),
         *(_where_and_when(session, one) if isinstance(one, FoundTopic) else ()), ", ".join(one.words[:5]),
         one.quotes[0] if one.quotes else None) for one in found.topics
    )  # fmt: skip
    table(session, ("about", "texts", "share", *more, "words", "quote"), rows)
    line(session.text("topics.of", n=found.texts, repeated=found.repeated, empty=found.empty, cut=found.cut))
    if found.agreement is not None:
        line(session.text("topics.agreement", share=amount(session, found.agreement)))


def _where_and_when(session: "Session", topic: "FoundTopic") -> tuple[str | None, str | None, str | None]:
    changed = topic.change
    said = None if changed is None else session.text(
        f"topics.change.{changed.direction}", before=share(session, changed.before / changed.before_of),
        after=share(session, changed.after / changed.after_of), since=changed.since.isoformat(),
    )  # fmt: skip
    return said, _most(session, topic.touchpoint), _most(session, topic.channel)


def _most(session: "Session", place: "Commonest | None") -> str | None:
    return None if place is None else f"{place.name} {share(session, place.n / place.of, 0)}"
