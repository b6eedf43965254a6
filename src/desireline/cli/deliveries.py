"""Deliveries: what was sent, what waits, what was given up."""

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from desireline.cli.options import AsJson, Limit, Offset, session_of
from desireline.cli.output import line, print_json, table, when

if TYPE_CHECKING:
    from desireline.cli.session import Session
    from desireline.model.delivery import Delivery

group = typer.Typer(name="deliveries", help="E-mails and calls of webhooks on their way.", no_args_is_help=True)

Which = Annotated[str, typer.Argument(metavar="DELIVERY", help="Its id.")]


@group.command("list")
def listed(
    context: typer.Context,
    state: Annotated[
        Literal["waiting", "sent", "failed", "cancelled"] | None, typer.Option("--state", help="Only these.")
    ] = None,
    limit: Limit = 50,
    offset: Offset = 0,
    as_json: AsJson = False,
) -> None:
    """List them, newest first."""
    session = session_of(context)
    found = session.workspace.deliveries.page(state, limit, offset)
    if as_json:
        print_json(found)
        return
    if not found.deliveries:
        line(session.text("deliveries.none"))
        return
    table(session, ("about", "to", "state", "due", "attempts", "error", "id"),
          (_row(session, one) for one in found.deliveries))  # fmt: skip
    line(session.text("deliveries.counts", waiting=found.waiting, failed=found.failed))


@group.command()
def flush(context: typer.Context, as_json: AsJson = False) -> None:
    """Send what is due now; a running server does so by itself."""
    session = session_of(context)
    found = session.workspace.deliveries.flush()
    if as_json:
        print_json(found)
    else:
        line(session.text("deliveries.flushed", **found.model_dump()))


@group.command()
def again(context: typer.Context, delivery: Which, as_json: AsJson = False) -> None:
    """Let one be tried at once that waits, was given up or was cancelled."""
    session = session_of(context)
    _told(session, session.workspace.deliveries.again(delivery), as_json=as_json)


@group.command()
def cancel(context: typer.Context, delivery: Which, as_json: AsJson = False) -> None:
    """Keep one that waits from being sent."""
    session = session_of(context)
    _told(session, session.workspace.deliveries.cancel(delivery), as_json=as_json)


@group.command("test")
def send_test(
    context: typer.Context,
    to: Annotated[str, typer.Argument(metavar="ADDRESS", help="An e-mail address, or https://…")],
    as_json: AsJson = False,
) -> None:
    """Send a recipient a word, to see whether it arrives."""
    session = session_of(context)
    _told(session, session.workspace.deliveries.test(to, session.language), as_json=as_json)


@group.command()
def settings(context: typer.Context, as_json: AsJson = False) -> None:
    """Show how this workspace sends; the password is never shown."""
    session = session_of(context)
    found = session.workspace.deliveries.settings()
    if as_json:
        print_json(found)
    elif found.mail is None:
        line(session.text("deliveries.no_mail"))
    else:
        line(session.text("deliveries.mail", **{**found.mail.model_dump(), "port": str(found.mail.port)}))


@group.command()
def secret(context: typer.Context, as_json: AsJson = False) -> None:
    """Print what calls of webhooks are signed with, for the other side."""
    found = session_of(context).workspace.deliveries.secret()
    if as_json:
        print_json({"secret": found})
    else:
        line(found)


def _row(session: "Session", one: "Delivery") -> tuple[object, ...]:
    from desireline.i18n import translate

    why = None if one.error is None else translate(session.language, f"delivery.error.{one.error}")
    state = translate(session.language, f"delivery.state.{one.state}")
    return one.name, one.to, state, when(session, one.due), one.attempts, why, one.id


def _told(session: "Session", one: "Delivery", *, as_json: bool) -> None:
    if as_json:
        print_json(one)
    else:
        table(session, ("about", "to", "state", "due", "attempts", "error", "id"), [_row(session, one)])
