"""Messages at touchpoints: list, show, add, import, change, delete; what they promise and where they contradict."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.forms import Document, Revision, fields_of
from desireline.cli.options import AsJson, session_of
from desireline.cli.output import line, print_json, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desireline.cli.session import Session
    from desireline.model.imported import ImportedDocuments
    from desireline.model.promise import Contradiction, Extraction, Message, Promises, Side

group = typer.Typer(
    name="promises", help="What messages promise at each touchpoint, and where they contradict each other.",
    no_args_is_help=True,
)  # fmt: skip

Which = Annotated[str, typer.Argument(metavar="MESSAGE", help="Its id or name.", show_default=False)]
OneOffer = Annotated[str | None, typer.Option("--offer", metavar="NAME", help="Only messages of it.")]


@group.command("list")
def list_messages(context: typer.Context, offer: OneOffer = None, as_json: AsJson = False) -> None:
    """List all messages."""
    session = session_of(context)
    found = session.workspace.promises.all(offer)
    if as_json:
        print_json({"messages": [one.model_dump(mode="json") for one in found]})
    elif not found:
        line(session.text("promises.none"))
    else:
        table(session, ("message", "touchpoint", "channel", "text_language", "id"), map(_row, found))


@group.command()
def show(context: typer.Context, message: Which, as_json: AsJson = False) -> None:
    """Print a message with everything that its text says."""
    session = session_of(context)
    found = session.workspace.promises.read(message)
    if as_json:
        print_json(found)
        return
    line(found.message.text)
    _extractions(session, found.found)


@group.command()
def add(context: typer.Context, file: Document, as_json: AsJson = False) -> None:
    """Register one of a file with its touchpoint, channel, offer and text."""
    session = session_of(context)
    _kept(session, session.workspace.promises.create(fields_of(file)), as_json)


@group.command("import")
def import_file(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV, XLSX, JSON …", show_default=False)],
    as_json: AsJson = False,
) -> None:
    """Register the messages of a file with columns touchpoint, channel, offer, text, and name, language, valid_from."""
    session = session_of(context)
    imported(session, session.workspace.promises.import_file(file), as_json)


@group.command("set")
def change(
    context: typer.Context, message: Which, file: Document, revision: Revision = None, as_json: AsJson = False
) -> None:
    """Change the fields of one that stand in a file."""
    session = session_of(context)
    promises = session.workspace.promises
    _kept(session, promises.change(message, revision or promises.get(message).revision, fields_of(file)), as_json)


@group.command()
def delete(context: typer.Context, message: Which, as_json: AsJson = False) -> None:
    """Delete one."""
    session = session_of(context)
    gone = session.workspace.promises.remove(message)
    if as_json:
        print_json({"deleted": gone.id})
    else:
        line(session.text("promises.deleted", name=gone.name))


@group.command()
def extract(
    context: typer.Context,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Any text.", show_default=False)],
    language: Annotated[
        str | None, typer.Option("--text-language", metavar="en|pl|hr", help="Of the text; detected if absent.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Print what a text says: money, discounts, dates, periods, opening hours, tone, names."""
    from desireline.errors import BadQuestion

    session = session_of(context)
    if language not in {None, "en", "pl", "hr"}:
        raise BadQuestion(parameter="text-language", given=language or "", expected="en, pl, hr")
    found = session.workspace.promises.extract(text, language)  # type: ignore[arg-type]
    if as_json:
        print_json({"found": [one.model_dump(mode="json") for one in found]})
    else:
        _extractions(session, found)


@group.command()
def contradictions(context: typer.Context, offer: OneOffer = None, as_json: AsJson = False) -> None:
    """List what messages of one offer say against each other, with both quotes, and softer differences."""
    session = session_of(context)
    found = session.workspace.promises.contradictions(offer)
    if as_json:
        print_json(found)
    else:
        _against(session, found)


@group.command()
def brand(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="As it is to be written.")] = None,
    avoid: Annotated[list[str] | None, typer.Option("--avoid", metavar="SPELLING", help="Not so; repeat.")] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Forget the name.")] = False,
    as_json: AsJson = False,
) -> None:
    """List the organisation's names, say how one is to be written, or forget one."""
    session = session_of(context)
    promises = session.workspace.promises
    if name is not None and remove:
        promises.remove_brand(name)
    elif name is not None:
        promises.add_brand({"name": name, "avoid": avoid or []})
    found = promises.brands()
    if as_json:
        print_json({"brands": [one.model_dump(mode="json") for one in found]})
    else:
        table(session, ("term", "avoid"), ((one.name, ", ".join(one.avoid) or None) for one in found))


def imported(session: "Session", done: "ImportedDocuments", as_json: bool) -> None:
    """Tells what came of a file of documents."""
    if as_json:
        print_json(done)
        return
    counts = {"added": done.added, "changed": done.changed, "unchanged": done.unchanged, "refused": len(done.refused)}
    line(session.text("imported.documents", **counts))
    if done.refused:
        rows = ((str(row.row), row.field, row.given, row.expected) for row in done.refused)
        table(session, ("line", "field", "given", "expects"), rows)


def _row(one: "Message") -> tuple[str | None, ...]:
    return one.name, one.touchpoint, one.channel, one.language, one.id


def _kept(session: "Session", message: "Message", as_json: bool) -> None:
    if as_json:
        print_json(message)
    else:
        table(session, ("message", "touchpoint", "channel", "text_language", "id"), [_row(message)])


def _extractions(session: "Session", found: "Sequence[Extraction]") -> None:
    rows = ((session.text(f"promises.kind.{one.kind}"), one.value, one.quote) for one in found)
    table(session, ("kind", "value", "quote"), rows)


def _against(session: "Session", found: "Promises") -> None:
    line(session.text("promises.compared", messages=found.messages, offers=found.offers))
    _pairs(session, "contradictions", found.contradictions)
    _pairs(session, "differing", found.differing)
    if found.missing:
        line(session.text("promises.missing"))
        rows: Any = (
            (one.offer, session.text(f"promises.kind.{one.kind}"), one.name, ", ".join(s.name for s in one.said_by))
            for one in found.missing
        )
        table(session, ("offer", "kind", "missing_in", "said_by"), rows)
    if found.tone:
        line(session.text("promises.tone"))
        rows = (
            (one.offer, session.text(f"promises.kind.{one.of}"), *(_said(*both) for both in zip(one.sides, one.values,
             strict=True))) for one in found.tone
        )  # fmt: skip
        table(session, ("offer", "kind", "one_side", "other_side"), rows)
    if found.brand:
        line(session.text("promises.brand"))
        table(session, ("term", "message", "quote"), ((b.term, b.side.name, _quotes(b.side)) for b in found.brand))
    if found.unread:
        line(session.text("promises.unread", names=", ".join(found.unread)))


def _pairs(session: "Session", title: str, found: "Sequence[Contradiction]") -> None:
    if not found:
        return
    line(session.text(f"promises.{title}"))
    rows = (
        (one.offer, session.text(f"promises.kind.{one.kind}"), session.text(f"promises.sure.{one.sure}"),
         *(_said(side, _quotes(side)) for side in one.sides))
        for one in found
    )  # fmt: skip
    table(session, ("offer", "kind", "sure", "one_side", "other_side"), rows)


def _said(side: "Side", what: str) -> str:
    return f"{side.name}: {what}"


def _quotes(side: "Side") -> str:
    return ", ".join(f"“{one.quote}”" for one in side.said)
