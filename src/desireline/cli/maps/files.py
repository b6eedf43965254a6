"""Maps as files: export, import."""

import io
import json
import sys
import zipfile
from pathlib import Path
from typing import Annotated, Literal

import typer

from desireline.cli.maps.documents import Name
from desireline.cli.options import AsJson, session_of
from desireline.cli.output import line, print_json, write_file
from desireline.cli.progress import waiting

Format = Literal[
    "pdf", "png", "svg", "pptx", "xlsx", "csv", "md", "mermaid", "cjml", "theydo", "html", "json", "yaml"
]  # fmt: skip


def add_to(group: typer.Typer) -> None:
    """Registers the commands."""
    group.command("export")(export)
    group.command("import")(read)


def export(
    context: typer.Context,
    *,
    name: Name,
    format: Annotated[Format, typer.Option("--format", help="Kind of file.")],  # noqa: A002
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where to; - is stdout.")] = None,
    paper: Annotated[Literal["A3", "A4", "long"], typer.Option("--paper", help="Page of a PDF.")] = "A3",
    lane: Annotated[list[str] | None, typer.Option("--lane", metavar="ID", help="Only this lane; repeat.")] = None,
    snapshot: Annotated[
        int | None, typer.Option("--snapshot", metavar="VERSION", help="With the figures frozen then.")
    ] = None,
    segment: Annotated[str | None, typer.Option("--segment", metavar="NAME", help="With a segment's figures.")] = None,
    as_json: AsJson = False,
) -> None:
    """Write a map as a file; YAML as a folder unless FILE ends in .zip."""
    session = session_of(context)
    maps = session.workspace.maps
    with waiting(session, "export"):
        body = maps.export(
            name, format, paper=paper, language=session.language, lanes=lane or [], snapshot=snapshot, segment=segment
        )
    if str(out) == "-" and not as_json:
        sys.stdout.buffer.write(body)
        return
    suffix = next(f.suffix for f in maps.formats(session.language) if f.format == format)
    target = out if out is not None and str(out) != "-" else Path(f"{maps.sheet(name).id}{suffix}")
    if format == "yaml" and target.suffix != ".zip":
        _unpack(body, target)
    else:
        write_file(target, body)
    if as_json:
        print_json({"map": name, "format": format, "file": str(target), "bytes": len(body)})
    else:
        line(session.text("map.exported", file=str(target)))
        for lost in next(f.loses for f in maps.formats(session.language) if f.format == format):
            line(f"  {lost}")


def _unpack(body: bytes, folder: Path) -> None:
    """Our own archive as a folder; lanes that the map no longer has are removed."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        names = set(archive.namelist())
        for old in (folder / "lanes").glob("*.yaml"):
            if f"lanes/{old.name}" not in names:
                old.unlink()
        for name in sorted(names):
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            write_file(target, archive.read(name))


def read(
    context: typer.Context,
    *,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A map in any format that is known, or a YAML folder.")],
    name: Annotated[str | None, typer.Option("--name", metavar="NAME", help="What to call it.")] = None,
    columns: Annotated[
        Path | None, typer.Option("--columns", metavar="FILE.json", help="How a grid is read; guessed if absent.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Make a map from a file, and say what of it could not be held."""
    from desireline.errors import CannotOpen, FileMissing

    session = session_of(context)
    if not file.exists():
        raise FileMissing(path=str(file))
    try:
        body = _packed(file) if file.is_dir() else file.read_bytes()
        grid = json.loads(columns.read_text(encoding="utf-8")) if columns else None
    except (OSError, ValueError) as error:
        raise CannotOpen(path=str(columns or file), why=str(error)) from None
    named = f"{file.name}.zip" if file.is_dir() else file.name
    done = session.workspace.maps.import_file(named, body, rename=name, columns=grid, language=session.language)
    if as_json:
        print_json(done)
    else:
        line(session.text("map.imported", name=done.map.name, n=len(done.map.cards())))
        for note in done.notes:
            line(f"  {note}")


def _packed(folder: Path) -> bytes:
    """A YAML folder as the archive that is read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for file in sorted(folder.rglob("*.yaml")):
            archive.writestr(file.relative_to(folder).as_posix(), file.read_bytes())
    return out.getvalue()
