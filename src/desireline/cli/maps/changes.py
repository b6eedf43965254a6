"""Maps: commands, differences, versions, checks."""

import json
import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.maps.documents import Name
from desireline.cli.options import AsJson, session_of
from desireline.cli.output import line, print_json, table, when
from desireline.cli.progress import waiting

if TYPE_CHECKING:
    from desireline.model.map_history import Difference


def add_to(group: typer.Typer) -> None:
    """Registers the commands."""
    group.command("apply")(apply)
    group.command("diff")(diff)
    group.command("snapshot")(snapshot)
    group.command("versions")(versions)
    group.command("restore")(restore)
    group.command("check")(check)
    group.command("suggest")(suggest)


def apply(
    context: typer.Context,
    commands: Annotated[Path, typer.Argument(metavar="COMMANDS.json", help="A JSON file; - is stdin.")],
    name: Annotated[
        str | None, typer.Option("--map", metavar="NAME", help="The map, unless the file names it.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Do commands on a map, all or none: a list of them, or {"map": …, "base": …, "commands": […]}."""
    from desireline.model.map_history import Sent

    session = session_of(context)
    given = _read(commands)
    which = name or str(given.pop("map", ""))
    maps = session.workspace.maps
    if "base" in given:
        entry = maps.commit(which, Sent.model_validate({"id": secrets.token_hex(8), **given}))
    else:
        entry = maps.apply(which, given["commands"])
    if as_json:
        print_json(entry)
    else:
        line(session.text("map.applied", n=len(entry.commands), version=str(entry.version)))


def _read(file: Path) -> dict[str, Any]:
    """The file as an object with `commands`.

    Raises:
        FileMissing: there is no such file.
        BadQuestion: it holds no list of commands.
    """
    from desireline.errors import BadQuestion, FileMissing

    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
        given = json.loads(text)
    except OSError:
        raise FileMissing(path=str(file)) from None
    except (ValueError, RecursionError) as error:
        raise BadQuestion(parameter="COMMANDS.json", given=str(file), expected=f"JSON ({error})") from None
    given = {"commands": given} if isinstance(given, list) else given
    commands = given.get("commands") if isinstance(given, dict) else None
    if not isinstance(commands, list) or not all(isinstance(c, dict) for c in commands):
        expected = '[{"do": …}, …] or {"map": …, "commands": [{"do": …}, …]}'
        raise BadQuestion(parameter="COMMANDS.json", given=str(file), expected=expected)
    return dict(given)


def diff(
    context: typer.Context,
    first: Annotated[str, typer.Argument(metavar="A", help="A map; NAME@VERSION is an earlier version.")],
    second: Annotated[str, typer.Argument(metavar="B", help="Another map or version.")],
    figures: Annotated[bool, typer.Option("--figures", help="Compare figures, frozen ones of a version.")] = False,
    segment: Annotated[str | None, typer.Option("--segment", metavar="NAME", help="Whose figures A shows.")] = None,
    versus: Annotated[str | None, typer.Option("--versus", metavar="NAME", help="Whose figures B shows.")] = None,
    as_json: AsJson = False,
) -> None:
    """List what is different in B."""
    from desireline.model.measured import Compared

    session = session_of(context)
    maps = session.workspace.maps
    (a, version), (b, other) = _versioned(first), _versioned(second)
    if figures:
        before = Compared(map=a, version=version, segment=segment)
        found = maps.diff_figures(before, Compared(map=b, version=other, segment=versus), session.language)
    else:
        found = maps.diff(a, b, version, other, session.language)
    if as_json:
        print_json({"differences": [d.model_dump(mode="json") for d in found]})
    elif found:
        rows = ((session.text(f"map.diff.{d.kind}"), " > ".join(d.where), d.field, _told(d)) for d in found)
        table(session, ("what_changed", "where", "field", "values"), rows)
    else:
        line(session.text("map.same"))


def _versioned(given: str) -> tuple[str, int | None]:
    """A map and its version; a name that ends in @ and digits is meant literally if nothing else fits.

    >>> _versioned("Shop@12"), _versioned("me@home")
    (('Shop', 12), ('me@home', None))
    """
    name, sign, version = given.rpartition("@")
    return (name, int(version)) if sign and name and version.isdecimal() else (given, None)


def _told(difference: "Difference") -> str:
    shown = (json.dumps(v, ensure_ascii=False) for v in (difference.before, difference.after))
    before, after = (text if len(text) <= 60 else f"{text[:59]}…" for text in shown)
    return f"{before} → {after}" if difference.kind == "changed" else ""


def snapshot(
    context: typer.Context,
    *,
    name: Name,
    label: Annotated[str, typer.Option("--label", metavar="TEXT", help="What to call it.")] = "",
    figures: Annotated[bool, typer.Option("--figures/--no-figures", help="Freeze the figures with it.")] = True,
    as_json: AsJson = False,
) -> None:
    """Keep a map as it is, with its figures."""
    session = session_of(context)
    with waiting(session, "draw"):
        kept = session.workspace.maps.snapshot(name, label, measured=figures)
    if as_json:
        print_json(kept)
    else:
        line(session.text("map.kept", version=str(kept.version), label=kept.label or "–"))


def versions(context: typer.Context, name: Name, as_json: AsJson = False) -> None:
    """List the versions that were kept."""
    session = session_of(context)
    kept = session.workspace.maps.versions(name)
    if as_json:
        print_json({"versions": [k.model_dump(mode="json") for k in kept]})
    else:
        rows = ((k.version, k.label, when(session, k.at), k.author, "●" if k.measured else "") for k in kept)
        table(session, ("map_version", "label", "when", "author", "figures"), rows)


def restore(
    context: typer.Context,
    name: Name,
    version: Annotated[int, typer.Argument(metavar="VERSION", help="The version to go back to.")],
    as_json: AsJson = False,
) -> None:
    """Make a map what it was; how it is now is kept before."""
    session = session_of(context)
    entry = session.workspace.maps.restore(name, version)
    if as_json:
        print_json(entry)
    else:
        line(session.text("map.restored", version=str(version), now=str(entry.version)))


def check(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="[NAME]", help="The map; all of them if absent.")] = None,
    as_json: AsJson = False,
) -> None:
    """Fail if something on a map is bound to measurement and no longer measured."""
    session = session_of(context)
    problems = session.workspace.maps.check(name)
    if as_json:
        told = [{**p.model_dump(mode="json"), "sentence": p.sentence(session.language)} for p in problems]
        print_json({"ok": not problems, "problems": told})
    elif problems:
        for problem in problems:
            line(f"{problem.map}: {problem.sentence(session.language)}")
    else:
        line(session.text("map.checked"))
    if problems:
        raise typer.Exit(1)


def suggest(
    context: typer.Context,
    name: Name,
    accept: Annotated[list[str] | None, typer.Option("--accept", metavar="ID", help="Do this one; repeat.")] = None,
    accept_all: Annotated[bool, typer.Option("--all", help="Do all of them.")] = False,
    as_json: AsJson = False,
) -> None:
    """List what the data would add to a map or change on it, or do some of it."""
    from desireline.errors import BadQuestion
    from desireline.maps.propose import told

    session = session_of(context)
    maps = session.workspace.maps
    found = {s.id: s for s in maps.suggestions(name)}
    for wanted in accept or ():
        if wanted not in found:
            raise BadQuestion(parameter="accept", given=wanted, expected=", ".join(found) or "–")
    chosen = list(found.values()) if accept_all else [found[wanted] for wanted in accept or ()]
    maps.accept(name, chosen)
    if as_json:
        listed = [{**s.model_dump(mode="json"), "sentence": told(s, session.language)} for s in found.values()]
        print_json({"suggestions": listed, "accepted": [s.id for s in chosen]})
    elif chosen:
        line(session.text("map.suggest.taken", n=len(chosen)))
    elif found:
        rows = ((s.id, told(s, session.language), s.people) for s in found.values())
        table(session, ("id", "suggestion", "people"), rows)
    else:
        line(session.text("map.suggest.none"))
