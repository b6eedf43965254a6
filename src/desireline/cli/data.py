"""Commands that bring events in and say what is there: init, import, build, status."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.options import AsJson, MappingFile, Preset, mapping_of, session_of
from desireline.cli.output import day, line, print_json, reason_text, table, when, whole
from desireline.cli.progress import rows_read, waiting
from desireline.cli.session import Session

if TYPE_CHECKING:
    from desireline.model.preview import Preview
    from desireline.model.summary import ImportSummary, Status


def add_to(app: typer.Typer) -> None:
    """Registers the commands."""
    app.command("init")(init)
    app.command("import")(import_files)
    app.command("build")(build)
    app.command("status")(status)


def init(
    context: typer.Context,
    zone: Annotated[str, typer.Option(metavar="NAME", help="Time zone of times without an offset.")] = "UTC",
    as_json: AsJson = False,
) -> None:
    """Make a workspace and compile what questions need. Other commands do so when they first write or ask."""
    from pydantic import ValidationError

    from desireline.errors import BadQuestion
    from desireline.kernels.warm import warm
    from desireline.service import settings

    session = session_of(context)
    try:
        chosen = settings.load(session.folder).model_copy(update={"zone": settings.Settings(zone=zone).zone})
    except ValidationError:
        raise BadQuestion(parameter="zone", given=zone, expected="Europe/Warsaw, Europe/Zagreb, UTC, …") from None
    settings.save(session.folder, chosen)
    with waiting(session, "warm"):
        warm()
    folder = str(session.folder.resolve())
    if as_json:
        print_json({"workspace": folder, "zone": chosen.zone})
    else:
        line(session.text("init.done", folder=folder, zone=chosen.zone))


def import_files(
    context: typer.Context,
    *,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files, folders or globs.", show_default=False)],
    source: Annotated[str, typer.Option("--source", metavar="NAME", help="Where the events come from.")],
    preset: Preset = None,
    mapping: MappingFile = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show how the first rows are read; write nothing.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Import events from CSV, TSV, XLSX, JSON, JSONL, Parquet or XES files, and build the journeys."""
    session = session_of(context)
    how: dict[str, Any] = {"preset": preset, "mapping": mapping_of(mapping)}
    if dry_run:
        _preview(session, files, source, how, as_json)
        return
    with rows_read(session, "import") as progress:
        summary = session.workspace.import_files(files, source, progress=progress, **how)
    if as_json:
        print_json(summary)
    else:
        _imported(session, summary)


def _preview(session: Session, files: list[str], source: str, how: dict[str, Any], as_json: bool) -> None:
    workspace = session.workspace
    with waiting(session, "preview"):
        previews = [workspace.preview(file, source=source, **how) for file in files]
    if as_json:
        print_json({"dry_run": True, "previews": [p.model_dump(mode="json", by_alias=True) for p in previews]})
        return
    for preview in previews:
        _previewed(session, preview)


def _previewed(session: Session, preview: "Preview") -> None:
    line(session.text("preview.file", file=preview.file, format=preview.format, preset=preview.preset or "–"))
    table(session, ("column", "type", "samples"), ((c.name, c.type, ", ".join(c.samples[:3])) for c in preview.columns))
    columns = ("time", "person", "name", "channel", "value")
    rows = (
        (r.time, ", ".join(f"{i.type}:{i.value}" for i in r.identifiers), r.name, r.channel, r.value)
        for r in preview.rows
    )
    table(session, columns, rows)
    rejected = {r.reason: r.count for r in preview.rejected}
    line(session.text("preview.rows" if preview.complete else "preview.first_rows", n=preview.read))
    _rejected(session, rejected)
    line(session.text("preview.nothing_written"))


def _imported(session: Session, summary: "ImportSummary") -> None:
    line(
        session.text(
            "import.done", n=summary.read, new=whole(session, summary.new), known=whole(session, summary.known),
            rejected=whole(session, sum(summary.rejected.values())),
        )
    )  # fmt: skip
    if summary.replaced:
        line(session.text("import.replaced", n=summary.replaced))
    if summary.withdrawn:
        line(session.text("import.withdrawn", n=summary.withdrawn))
    _rejected(session, summary.rejected)
    if summary.first is not None:
        span = f"{day(session, summary.first)} – {day(session, summary.last)}"
        line(session.text("import.people", n=summary.people, span=span))
    line(session.text("import.speed", seconds=f"{summary.seconds:.1f}", speed=whole(session, summary.rows_per_second)))


def _rejected(session: Session, by_reason: dict[str, int]) -> None:
    for reason, n in sorted(by_reason.items(), key=lambda item: -item[1]):
        line("  " + session.text("rejected_because", n=n, reason=reason_text(session, reason)))


def build(context: typer.Context, as_json: AsJson = False) -> None:
    """Build the journeys from the events; an import does it by itself."""
    session = session_of(context)
    workspace = session.workspace
    workspace.generation()  # refuses where there are no events
    with waiting(session, "build"):
        workspace.build()
    _show_status(session, workspace.status(), as_json)


def status(context: typer.Context, as_json: AsJson = False) -> None:
    """Say what the workspace holds."""
    session = session_of(context)
    _show_status(session, session.workspace.status(), as_json)


def _show_status(session: Session, status: "Status", as_json: bool) -> None:
    if as_json:
        print_json(status)
        return
    if not status.sources:
        line(session.text("status.empty", folder=str(Path(session.folder).resolve())))
        return
    rows = (
        (s.name, whole(session, s.events), whole(session, s.rejected), when(session, s.first), when(session, s.last))
        for s in status.sources
    )
    table(session, ("source", "events", "rejected", "first", "last"), rows)
    line(" · ".join((session.text("scope.person", n=status.people), session.text("scope.events", n=status.events))))
