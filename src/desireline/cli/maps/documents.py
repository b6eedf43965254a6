"""Maps: templates, new, draw, list, show, delete."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from desireline.cli.options import AsJson, filtered, session_of
from desireline.cli.output import day, line, print_json, share, table, when
from desireline.cli.progress import waiting
from desireline.cli.session import Session

if TYPE_CHECKING:
    from desireline.model.measured import Sheet

Name = Annotated[str, typer.Argument(metavar="NAME", help="The map, by name or id.", show_default=False)]
Language = Annotated[Literal["en", "pl", "hr"] | None, typer.Option("--language", help="Of its texts.")]


def add_to(group: typer.Typer) -> None:
    """Registers the commands."""
    group.command("templates")(list_templates)
    group.command("new")(new)
    group.command("draw")(draw)
    group.command("list")(list_maps)
    group.command("show")(show)
    group.command("delete")(delete)


def list_templates(context: typer.Context, language: Language = None, as_json: AsJson = False) -> None:
    """List the templates."""
    session = session_of(context)
    found = session.workspace.maps.templates(language or session.language)
    if as_json:
        print_json({"templates": [t.model_dump(mode="json") for t in found]})
    else:
        rows = ((t.id, t.name, len(t.stages), t.steps, ", ".join(t.stages)) for t in found)
        table(session, ("template", "map", "stages", "steps", "stage_names"), rows)


def new(
    context: typer.Context,
    *,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="What to call it.")],
    template: Annotated[str | None, typer.Option("--template", metavar="ID", help="One of `map templates`.")] = None,
    language: Language = None,
    as_json: AsJson = False,
) -> None:
    """Make a map from a template; without one, a blank map."""
    from desireline.model.map_history import NewMap

    session = session_of(context)
    asked = NewMap.model_validate({"name": name, "template": template, "language": language or session.language})
    _show(session, session.workspace.maps.new(asked), as_json)


def draw(
    context: typer.Context,
    *,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="What to call it.")],
    goal: Annotated[str | None, typer.Option("--goal", metavar="GOAL", help="A goal of the definition.")] = None,
    definition: Annotated[str | None, typer.Option("--definition", metavar="NAME", help="Another definition.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a map from the definition and the data, and measure it."""
    session = session_of(context)
    with waiting(session, "draw"):
        sheet = session.workspace.maps.draw(name, goal=goal, definition=definition)
    _show(session, sheet, as_json)


def list_maps(context: typer.Context, as_json: AsJson = False) -> None:
    """List the maps."""
    from desireline.i18n import translate

    session = session_of(context)
    maps = session.workspace.maps.all()
    if as_json:
        print_json({"maps": [m.model_dump(mode="json") for m in maps]})
    elif maps:
        columns = ("map", "kind", "status", "owner", "review", "coverage", "map_version", "changed")
        rows = (
            (
                m.name, translate(session.language, f"map.kind.{m.kind}"),
                translate(session.language, f"map.status.{m.status}"), m.owner,
                day(session, m.review), share(session, m.coverage), m.version, when(session, m.changed),
            )
            for m in maps
        )  # fmt: skip
        table(session, columns, rows)
    else:
        line(session.text("map.none"))


@filtered
def show(
    context: typer.Context,
    *,
    name: Name,
    filters: dict[str, Any],
    segment: Annotated[str | None, typer.Option("--segment", metavar="NAME", help="Only this saved segment.")] = None,
    as_json: AsJson = False,
) -> None:
    """Print a map with its figures, those of everyone or of what the filters leave."""
    from desireline.model.question import Filters

    session = session_of(context)
    _show(session, session.workspace.maps.shown(name, Filters.model_validate(filters), segment), as_json)


def delete(context: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """Delete a map with its versions and comments."""
    session = session_of(context)
    found = session.workspace.maps.sheet(name)
    session.workspace.maps.remove(found.id)
    if as_json:
        print_json({"deleted": found.id, "name": found.name})
    else:
        line(session.text("map.deleted", name=found.name))


def _show(session: Session, sheet: "Sheet", as_json: bool) -> None:
    if as_json:
        print_json(sheet)
    else:
        from desireline.cli.map_table import print_map

        print_map(session, sheet)
