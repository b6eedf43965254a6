"""Rows that could not become events: list, export, replay."""

from pathlib import Path
from typing import Annotated

import typer

from desireline.cli.options import AsJson, Limit, MappingFile, Offset, Preset, Reason, Source, mapping_of, session_of
from desireline.cli.output import line, print_json, reason_text, table, write_file
from desireline.cli.progress import waiting

group = typer.Typer(name="rejects", help="Rows that could not become events, with their reasons.", no_args_is_help=True)


@group.command("list")
def list_rejects(
    context: typer.Context,
    source: Source = None,
    reason: Reason = None,
    limit: Limit = 50,
    offset: Offset = 0,
    as_json: AsJson = False,
) -> None:
    """List rejected rows with file, line and reason."""
    session = session_of(context)
    page = session.workspace.rejects(source, limit, offset, reason)
    if as_json:
        print_json(page)
        return
    rows = ((r.source, r.file, r.line, reason_text(session, r.reason), r.detail) for r in page.rows)
    if page.rows:
        table(session, ("source", "file", "line", "reason", "detail"), rows)
    for counted in page.by_reason:
        told = session.text("rejected_because", n=counted.count, reason=reason_text(session, counted.reason))
        line(f"{counted.source}: {told}")
    line(session.text("rejects.shown", n=page.total, shown=str(len(page.rows))))


@group.command()
def export(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="The CSV to write; - is stdout.")] = Path(
        "rejects.csv"
    ),
    source: Source = None,
    as_json: AsJson = False,
) -> None:
    """Write rejected rows as CSV; no cell can be taken for a formula."""
    import sys

    session = session_of(context)
    total = session.workspace.rejects(source, limit=1).total
    text = session.workspace.export_rejects(source)
    if str(out) == "-" and not as_json:
        sys.stdout.write(text)
        return
    if str(out) != "-":
        write_file(out, text.encode())
    if as_json:
        print_json({"file": str(out), "rows": total})
    else:
        line(session.text("rejects.exported", n=total, file=str(out)))


@group.command()
def replay(
    context: typer.Context,
    source: Annotated[str, typer.Option("--source", metavar="NAME", help="Whose rejects.")],
    preset: Preset = None,
    mapping: MappingFile = None,
    as_json: AsJson = False,
) -> None:
    """Read the rejected rows of a source again, under another mapping if given."""
    session = session_of(context)
    how = mapping_of(mapping)
    with waiting(session, "replay"):
        done = session.workspace.replay_rejects(source, preset=preset, mapping=how)
    if as_json:
        print_json(done)
    else:
        line(
            session.text(
                "rejects.replayed", n=done.replayed, accepted=str(done.accepted), rejected=str(done.still_rejected)
            )
        )
