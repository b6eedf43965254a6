"""Segments: list, show, check, save, delete."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import line, print_json, table
from desireline.cli.progress import waiting
from desireline.cli.session import Session

if TYPE_CHECKING:
    from desireline.model.segment import SavedSegment

group = typer.Typer(
    name="segments", help="People, journeys or events by a condition, saved by name.", no_args_is_help=True
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The segment.", show_default=False)]
Where = Annotated[
    str, typer.Option("--where", metavar="CONDITION", help="""Such as 'channel = "web" and did "Order" within 30d'.""")
]
Of = Annotated[Literal["people", "journeys", "events"], typer.Option("--of", help="What is in it.")]


@group.command("list")
def list_segments(context: typer.Context, as_json: AsJson = False) -> None:
    """List the saved segments."""
    session = session_of(context)
    found = session.workspace.segments()
    if as_json:
        print_json({"segments": [s.model_dump(mode="json", exclude_defaults=True) for s in found]})
    elif found:
        rows = ((s.name, s.version, session.text(f"segments.{s.of}"), s.text) for s in found)
        table(session, ("segment", "revision", "kept", "condition"), rows)
    else:
        line(session.text("segments.none"))


@group.command()
def show(
    context: typer.Context,
    name: Name,
    version: Annotated[int | None, typer.Option("--version", min=1, help="An earlier version.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print a saved segment."""
    session = session_of(context)
    _told(session, session.workspace.segment(name, version), as_json)


@group.command()
def check(context: typer.Context, where: Where, of: Of = "people", as_json: AsJson = False) -> None:
    """Say how many people and events a condition holds for; nothing is saved."""
    session = session_of(context)
    with waiting(session, "question"):
        found = session.workspace.check_segment({"of": of, "where": where})
    if as_json:
        print_json(found)
    else:
        line(found.text)
        told = (session.text("scope.person", n=found.people), session.text("scope.events", n=found.events))
        line(" · ".join(told))


@group.command()
def save(context: typer.Context, name: Name, where: Where, of: Of = "people", as_json: AsJson = False) -> None:
    """Save a segment. Makes a new version of its name; earlier ones stay."""
    session = session_of(context)
    _told(session, session.workspace.save_segment({"name": name, "of": of, "where": where}), as_json)


@group.command()
def delete(context: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Delete all versions of a saved segment."""
    session = session_of(context)
    session.workspace.delete_segment(name)
    if as_json:
        print_json({"deleted": name})
    else:
        line(session.text("segments.deleted", segment=name))


def _told(session: Session, segment: "SavedSegment", as_json: bool) -> None:
    if as_json:
        print_json(segment)
    else:
        kept = session.text(f"segments.{segment.of}")
        line(session.text("segments.told", segment=segment.name, version=str(segment.version), of=kept))
        line(f"  {segment.text}")
