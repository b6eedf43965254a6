"""The definition: show, edit, propose."""

import os
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import line, print_json, share, table, when
from desireline.cli.progress import waiting
from desireline.cli.session import Session

if TYPE_CHECKING:
    from desireline.model.definition import Definition

group = typer.Typer(
    name="definition", help="Stages, touchpoints, goals, and where a journey starts and ends.", no_args_is_help=True
)


@group.command()
def show(
    context: typer.Context,
    version: Annotated[
        str | None, typer.Option("--version", metavar="VERSION|NAME", help="An earlier version, or another one.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print the definition as YAML."""
    from desireline.service.definitions import as_yaml

    definition = session_of(context).workspace.definition(version)
    if as_json:
        print_json(definition)
    else:
        line(as_yaml(definition).rstrip())


@group.command("list")
def list_definitions(context: typer.Context, as_json: AsJson = False) -> None:
    """List all versions of all definitions, newest first."""
    session = session_of(context)
    found = session.workspace.definitions()
    if as_json:
        print_json({"definitions": [one.model_dump(mode="json") for one in found]})
        return
    rows = ((d.version, d.name, when(session, d.created), d.stages, d.touchpoints, d.goals) for d in found)
    table(session, ("version", "name", "created", "stages", "touchpoints", "goals"), rows)


@group.command()
def edit(
    context: typer.Context,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="F.yaml", help="Save this YAML; - reads stdin.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Change the definition in your EDITOR, or save a file. Makes a new version; earlier ones stay."""
    from desireline.service.definitions import parse

    session = session_of(context)
    text = _text_of(file) if file is not None else _edited(session)
    if text is None:
        saved = session.workspace.definition()
        if not as_json:
            line(session.text("definition.unchanged"))
    else:
        definition = parse(text).model_copy(update={"origin": "edited"})
        saved = session.workspace.save_definition(definition)
    if as_json:
        print_json(saved)
    elif text is not None:
        _told(session, saved, "definition.saved")


def _text_of(file: Path) -> str:
    from desireline.errors import FileMissing

    if str(file) == "-":
        return sys.stdin.read()
    if not file.is_file():
        raise FileMissing(path=str(file))
    return file.read_text(encoding="utf-8-sig", errors="replace")


def _edited(session: Session) -> str | None:
    """The text as the editor left it, None if nothing changed. What cannot be read stays in the file."""
    from desireline.errors import NoEditor
    from desireline.model.definition import Definition
    from desireline.service.definitions import as_yaml, parse

    current = session.workspace.definition_or_none()
    before = as_yaml(current or Definition())
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    handle, name = tempfile.mkstemp(prefix="definition-", suffix=".yaml")
    draft = Path(name)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(before)
    try:
        subprocess.run([*shlex.split(editor), name], check=True)  # noqa: S603 the user's own editor
    except (OSError, ValueError, subprocess.CalledProcessError, KeyboardInterrupt) as failure:
        draft.unlink()
        if isinstance(failure, KeyboardInterrupt):
            raise
        raise NoEditor(editor=editor) from None
    after = draft.read_text(encoding="utf-8")
    try:
        parse(after)
    except Exception:
        session.say("definition.draft_kept", file=name)
        raise
    draft.unlink()
    return None if after == before and current is not None else after


@group.command()
def propose(
    context: typer.Context,
    stages: Annotated[int, typer.Option("--stages", min=1, max=20, help="How many stages at most.")] = 5,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="The definition it is a version of.")] = "main",
    as_json: AsJson = False,
) -> None:
    """Make a definition from the data alone. Makes a new version; earlier ones stay."""
    session = session_of(context)
    with waiting(session, "propose"):
        definition = session.workspace.propose_definition(stages=stages, name=name)
    if as_json:
        print_json(definition)
        return
    _told(session, definition, "definition.proposed")
    if definition.coherence is not None:
        line(session.text("definition.coherence", share=share(session, definition.coherence)))
    for stage in definition.stages:
        named = [t.name for t in definition.touchpoints if t.stage == stage.name]
        line(f"  {stage.name}: {', '.join(named)}")


def _told(session: Session, definition: "Definition", key: str) -> None:
    line(
        session.text(
            key, version=str(definition.version), stages=session.text("stages", n=len(definition.stages)),
            touchpoints=session.text("touchpoints", n=len(definition.touchpoints)),
        )
    )  # fmt: skip
