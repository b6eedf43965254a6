"""Interviews, user tests and focus groups: list, show, add, change, delete, and what people said."""

from typing import TYPE_CHECKING, Annotated

import typer

from desireline.cli.forms import Document, Revision, fields_of
from desireline.cli.options import AsJson, session_of
from desireline.cli.output import line, print_json, table

if TYPE_CHECKING:
    from desireline.cli.session import Session
    from desireline.model.study import Study

group = typer.Typer(
    name="studies", help="Interviews, user tests and focus groups, and what people said in them.", no_args_is_help=True
)

Which = Annotated[str, typer.Argument(metavar="STUDY", help="Its id or name.", show_default=False)]


@group.command("list")
def list_studies(context: typer.Context, as_json: AsJson = False) -> None:
    """List all."""
    session = session_of(context)
    found = session.workspace.studies.all()
    if as_json:
        print_json({"studies": [study.model_dump(mode="json") for study in found]})
    elif not found:
        line(session.text("studies.none"))
    else:
        table(session, ("study", "method", "day", "participants", "quotes", "id"), (_row(session, s) for s in found))


@group.command()
def show(context: typer.Context, study: Which, as_json: AsJson = False) -> None:
    """Print one."""
    session = session_of(context)
    _told(session, session.workspace.studies.get(study), as_json)


@group.command()
def add(context: typer.Context, file: Document, as_json: AsJson = False) -> None:
    """Record one of a file with its name, method, date, participants, notes and quotes."""
    session = session_of(context)
    _told(session, session.workspace.studies.create(fields_of(file)), as_json)


@group.command("set")
def change(
    context: typer.Context, study: Which, file: Document, revision: Revision = None, as_json: AsJson = False
) -> None:
    """Change the fields of one that stand in a file."""
    session = session_of(context)
    studies = session.workspace.studies
    _told(session, studies.change(study, revision or studies.get(study).revision, fields_of(file)), as_json)


@group.command()
def delete(context: typer.Context, study: Which, as_json: AsJson = False) -> None:
    """Delete one with its quotes."""
    session = session_of(context)
    gone = session.workspace.studies.remove(study)
    if as_json:
        print_json({"deleted": gone.id})
    else:
        line(session.text("studies.deleted", name=gone.name))


@group.command()
def quotes(
    context: typer.Context,
    touchpoint: Annotated[
        str | None, typer.Option("--touchpoint", metavar="NAME", help="Those about it; all if absent.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """List what people said, newest study first."""
    session = session_of(context)
    found = session.workspace.studies.quotes(touchpoint)
    if as_json:
        print_json({"quotes": [one.model_dump(mode="json") for one in found]})
        return
    rows = ((one.quote.text, one.quote.who, one.quote.touchpoint, one.name, one.date.isoformat()) for one in found)
    table(session, ("quote", "who", "touchpoint", "study", "day"), rows)


def _row(session: "Session", study: "Study") -> tuple[str, ...]:
    method = session.text(f"studies.method.{study.method}")
    return (study.name, method, study.date.isoformat(), str(study.participants), str(len(study.quotes)), study.id)


def _told(session: "Session", study: "Study", as_json: bool) -> None:
    if as_json:
        print_json(study)
        return
    line("  ".join(_row(session, study)))
    for quote in study.quotes:
        line(f"  “{quote.text}”  {quote.who or ''}".rstrip())
