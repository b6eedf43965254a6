"""Maps: draw, list, show, export."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from desireline.cli.options import AsJson, filtered, session_of
from desireline.cli.output import line, print_json, table, when, write_file
from desireline.cli.progress import waiting
from desireline.cli.session import Session

if TYPE_CHECKING:
    from desireline.model.map import MapDocument

group = typer.Typer(name="map", help="Measured journey maps.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(metavar="NAME", help="The map.", show_default=False)]


@group.command()
def draw(
    context: typer.Context,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="What to call it.")],
    goal: Annotated[str | None, typer.Option("--goal", metavar="GOAL", help="A goal of the definition.")] = None,
    as_json: AsJson = False,
) -> None:
    """Draw a map from the definition and the data, and store it."""
    session = session_of(context)
    with waiting(session, "draw"):
        document = session.workspace.draw_map(name, goal=goal)
    _show(session, document, as_json)


@group.command("list")
def list_maps(context: typer.Context, as_json: AsJson = False) -> None:
    """List the maps."""
    session = session_of(context)
    maps = session.workspace.maps()
    if as_json:
        print_json({"maps": [m.model_dump(mode="json") for m in maps]})
    elif maps:
        rows = ((m.name, m.goal, m.stages, m.touchpoints, m.definition_version, when(session, m.drawn)) for m in maps)
        table(session, ("map", "goal", "stages", "touchpoints", "version", "drawn"), rows)
    else:
        line(session.text("map.none"))


@group.command()
@filtered
def show(context: typer.Context, name: Name, filters: dict[str, Any], as_json: AsJson = False) -> None:
    """Print a map; with filters it is measured again for what they leave."""
    from desireline.model.question import Filters

    session = session_of(context)
    asked = Filters.model_validate(filters)
    workspace = session.workspace
    document = workspace.map(name) if asked.is_empty() else workspace.measure_map(name, asked)
    _show(session, document, as_json)


@group.command()
def export(
    context: typer.Context,
    *,
    name: Name,
    format: Annotated[Literal["svg", "pdf", "png", "json"], typer.Option("--format", help="Kind of file.")],  # noqa: A002
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where to; - is stdout.")] = None,
    paper: Annotated[Literal["A3", "A4"], typer.Option("--paper", help="Page size of PDF and PNG.")] = "A3",
    as_json: AsJson = False,
) -> None:
    """Write a map as SVG, PDF, PNG or JSON."""
    session = session_of(context)
    with waiting(session, "export"):
        body = session.workspace.export_map(name, format, paper=paper, language=session.language)
    if str(out) == "-" and not as_json:
        sys.stdout.buffer.write(body)
        return
    target = out if out is not None and str(out) != "-" else Path(f"{name.replace('/', '_')}.{format}")
    write_file(target, body)
    if as_json:
        print_json({"map": name, "format": format, "file": str(target), "bytes": len(body)})
    else:
        line(session.text("map.exported", file=str(target)))


def _show(session: Session, document: "MapDocument", as_json: bool) -> None:
    if as_json:
        print_json(document)
    else:
        from desireline.cli.map_table import print_map

        print_map(session, document)
