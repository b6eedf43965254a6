"""People: find, show, and list those behind a number."""

from typing import TYPE_CHECKING, Annotated

import typer

from desireline.cli.options import AsJson, Limit, Offset, session_of
from desireline.cli.output import line, print_json, table, when, whole
from desireline.cli.session import Session

if TYPE_CHECKING:
    from desireline.model.summary import PeoplePage

group = typer.Typer(name="people", help="The people behind the numbers.", no_args_is_help=True)


@group.command()
def find(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Part of an identifier.")] = "",
    limit: Limit = 50,
    offset: Offset = 0,
    as_json: AsJson = False,
) -> None:
    """Find people by an identifier."""
    session = session_of(context)
    listed(session, session.workspace.find_people(text, limit=limit, offset=offset), as_json)


@group.command("list")
def list_people(
    context: typer.Context,
    *,
    drill: Annotated[str, typer.Option("--drill", metavar="TOKEN", help="The `drilldown` of an answer.")],
    cell: Annotated[str, typer.Option("--cell", metavar="CELL", help="A cell of that answer, such as step:2.")],
    limit: Limit = 50,
    offset: Offset = 0,
    as_json: AsJson = False,
) -> None:
    """List the very people that an answer counted in one of its cells."""
    session = session_of(context)
    listed(session, session.workspace.drill(drill, cell, limit=limit, offset=offset), as_json)


@group.command()
def show(
    context: typer.Context,
    person: Annotated[
        str, typer.Argument(metavar="PERSON", help="A key such as customer_id:1029.", show_default=False)
    ],
    limit: Limit = 50,
    as_json: AsJson = False,
) -> None:
    """Show one person and their latest events."""
    session = session_of(context)
    found = session.workspace.person(person)
    timeline = session.workspace.timeline(person, limit=limit)
    if as_json:
        print_json({**found.model_dump(mode="json"), "timeline": timeline.model_dump(mode="json")})
        return
    line(found.person)
    line(", ".join(f"{i.type}:{i.value}" for i in found.identifiers))
    for name, value in found.traits.items():
        line(f"  {name}: {value}")
    rows = (
        (when(session, e.time), e.touchpoint or e.name, e.stage, e.channel, e.source, e.value) for e in timeline.events
    )
    table(session, ("time", "touchpoint", "stage", "channel", "source", "value"), rows)
    line(session.text("scope.events", n=found.events))


def listed(session: Session, page: "PeoplePage", as_json: bool) -> None:
    """Prints a page of people."""
    if as_json:
        print_json(page)
        return
    rows = (
        (p.person, whole(session, p.events), when(session, p.first), when(session, p.last), ", ".join(p.channels))
        for p in page.people
    )
    if page.people:
        table(session, ("person", "events", "first", "last", "channels"), rows)
    line(session.text("people.shown", n=page.total, shown=str(len(page.people))))
