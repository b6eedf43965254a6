"""Subscriptions: who is told when an action or an annotation changes."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import line, print_json, table

if TYPE_CHECKING:
    from desireline.cli.session import Session

group = typer.Typer(name="subscriptions", help="Who is told of changes.", no_args_is_help=True)


@group.command("list")
def listed(context: typer.Context, as_json: AsJson = False) -> None:
    """List them."""
    session = session_of(context)
    found = session.workspace.subscriptions.all()
    if as_json:
        print_json({"subscriptions": [one.model_dump(mode="json") for one in found]})
    elif not found:
        line(session.text("subscriptions.none"))
    else:
        rows = ((one.name, one.to, _named(session, "noun", one.nouns), _named(session, "kind", one.kinds), one.id)
                for one in found)  # fmt: skip
        table(session, ("subscription", "to", "about", "changes", "id"), rows)


@group.command()
def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")],
    to: Annotated[str, typer.Argument(metavar="ADDRESS", help="An e-mail address, or https://…")],
    noun: Annotated[
        list[str] | None,
        typer.Option("--noun", metavar="action|annotation", help="Of these, of all if none; repeat."),
    ] = None,
    kind: Annotated[
        list[str] | None,
        typer.Option("--kind", metavar="created|changed|started|finished|verdict|removed", help="All if none; repeat."),
    ] = None,
    language: Annotated[Literal["en", "pl", "hr"] | None, typer.Option("--in", help="Of what is told.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell an address of changes."""
    session = session_of(context)
    asked: dict[str, Any] = {"name": name, "to": to, "nouns": noun or [], "kinds": kind or []}
    made = session.workspace.subscriptions.create({**asked, "language": language or session.language})
    if as_json:
        print_json(made)
    else:
        line(session.text("subscriptions.created", name=made.name, id=made.id))


@group.command()
def delete(
    context: typer.Context,
    subscription: Annotated[str, typer.Argument(metavar="SUBSCRIPTION", help="Its id or its name.")],
    as_json: AsJson = False,
) -> None:
    """Forget one; what is queued is still sent."""
    session = session_of(context)
    gone = session.workspace.subscriptions.remove(subscription)
    if as_json:
        print_json({"deleted": gone.id})
    else:
        line(session.text("opportunities.deleted", title=gone.name))


def _named(session: "Session", what: str, names: Sequence[str]) -> str:
    from desireline.i18n import translate

    named = ", ".join(translate(session.language, f"notice.{what}.{name}") for name in names)
    return named or session.text("subscriptions.all")
