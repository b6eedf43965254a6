"""Actions: list, create, change, start, finish, judge; bets; files in and out."""

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import day, deleted, line, print_json, table, write_file
from desireline.cli.progress import waiting

if TYPE_CHECKING:
    from desireline.cli.session import Session
    from desireline.model.action import Action, ActionsImport

group = typer.Typer(
    name="action", help="Who does what by when, what it is to change, and what came of it.", no_args_is_help=True
)

Which = Annotated[str, typer.Argument(metavar="ACTION", help="Its id or its name.", show_default=False)]
Fields = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="FIELD=VALUE", help="A field; a value that is JSON is read as such. Repeat."),
]
BetJson = Annotated[
    str | None,
    typer.Option("--bet", metavar="JSON", help="What it is to change: of, measure, expected, evaluate, comparison …"),
]


@group.command("list")
def list_actions(
    context: typer.Context,
    status: Annotated[list[str] | None, typer.Option("--status", help="Only these. Repeat.")] = None,
    due: Annotated[int | None, typer.Option("--due", min=0, metavar="DAYS", help="Due within so many days.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the actions of the workspace."""
    session = session_of(context)
    door = session.workspace.actions
    found = door.shown(door.all(), session.language) if due is None else door.due(due, session.language)
    found = [one for one in found if not status or one.status in status]
    if as_json:
        print_json({"actions": [one.model_dump(mode="json") for one in found]})
    elif not found:
        line(session.text("actions.none"))
    else:
        rows = (
            (one.name, session.text(f"actions.status.{one.status}"), one.owner, day(session, one.due),
             _outcome(session, one), one.id)
            for one in found
        )  # fmt: skip
        table(session, ("action", "status", "owner", "due", "verdict", "id"), rows)


@group.command()
def show(context: typer.Context, action: Which, as_json: AsJson = False) -> None:
    """Print one."""
    session = session_of(context)
    _told(session, session.workspace.actions.get(action), as_json)


@group.command()
def create(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="What it is called.", show_default=False)] = None,
    opportunity: Annotated[
        str | None, typer.Option("--opportunity", metavar="OPPORTUNITY", help="What it is about: id or title.")
    ] = None,
    bet: BetJson = None,
    fields: Fields = None,
    as_json: AsJson = False,
) -> None:
    """Make one, by a name or of an opportunity."""
    session = session_of(context)
    given = {"name": name, "opportunity": opportunity, "bet": _json("--bet", bet)}
    asked = {**{k: v for k, v in given.items() if v is not None}, **_fields(fields)}
    _told(session, session.workspace.actions.create(asked), as_json)


@group.command("set")
def change(
    context: typer.Context, action: Which, bet: BetJson = None, fields: Fields = None, as_json: AsJson = False
) -> None:
    """Change fields of one; null takes a field away. A bet that was sealed keeps what was changed."""
    session = session_of(context)
    door = session.workspace.actions
    given = {} if bet is None else {"bet": _json("--bet", bet)}
    _told(session, door.change(action, {**given, **_fields(fields), "revision": door.get(action).revision}), as_json)


@group.command()
def start(context: typer.Context, action: Which, as_json: AsJson = False) -> None:
    """Begin: the bet is sealed, and the maps are kept as they are."""
    session = session_of(context)
    with waiting(session, "question"):
        found = session.workspace.actions.start(action)
    _told(session, found, as_json)


@group.command()
def finish(
    context: typer.Context,
    action: Which,
    on: Annotated[str | None, typer.Option("--on", metavar="YYYY-MM-DD", help="Since when; today if absent.")] = None,
    as_json: AsJson = False,
) -> None:
    """Customers meet the change."""
    session = session_of(context)
    _told(session, session.workspace.actions.finish(action, _day("--on", on)), as_json)


@group.command()
def verdict(context: typer.Context, action: Which, as_json: AsJson = False) -> None:
    """Judge the bet as of now; a settled verdict goes back onto opportunity, map and KPIs."""
    session = session_of(context)
    with waiting(session, "question"):
        found = session.workspace.actions.verdict(action)
    _told(session, found, as_json)


@group.command()
def detectable(
    context: typer.Context,
    bet: Annotated[str, typer.Option("--bet", metavar="JSON", help="As of `action create`.")],
    start_day: Annotated[
        str | None, typer.Option("--start", metavar="YYYY-MM-DD", help="When customers meet the change.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say what a bet can detect, before it is made."""
    session = session_of(context)
    with waiting(session, "question"):
        found = session.workspace.actions.detectable(_json("--bet", bet), _day("--start", start_day), session.language)
    if as_json:
        print_json(found)
    else:
        line(found.told)


@group.command()
def bets(context: typer.Context, as_json: AsJson = False) -> None:
    """Say how often bets come true, and how well their size was known."""
    session = session_of(context)
    found = session.workspace.actions.bets(session.language)
    if as_json:
        print_json(found)
        return
    for told in found.told:
        line(told)


@group.command()
def export(
    context: typer.Context,
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help="CSV.")],
    form: Annotated[Literal["csv", "jira"], typer.Option("--form", help="Our columns, or those of Jira.")] = "csv",
    as_json: AsJson = False,
) -> None:
    """Write all actions as CSV."""
    session = session_of(context)
    text = session.workspace.actions.export(form, session.language)
    write_file(out, text.encode("utf-8-sig" if form == "csv" else "utf-8"))
    if as_json:
        print_json({"written": str(out)})
    else:
        line(session.text("opportunities.written", file=str(out)))


@group.command("import")
def read(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="CSV with External ID, Issue key or id.")],
    as_json: AsJson = False,
) -> None:
    """Take status, owner and due day from a CSV, by key; empty cells change nothing."""
    session = session_of(context)
    found = session.workspace.actions.read(file)
    if as_json:
        print_json(found)
    else:
        _imported(session, found)


@group.command()
def delete(context: typer.Context, action: Which, as_json: AsJson = False) -> None:
    """Delete one; verdicts that went back elsewhere stay there."""
    session = session_of(context)
    gone = session.workspace.actions.remove(action)
    deleted(session, gone.id, gone.name, as_json)


def _told(session: "Session", found: "Action", as_json: bool) -> None:
    shown = session.workspace.actions.shown([found], session.language)[0]
    if as_json:
        print_json(shown)
        return
    line(f"{shown.name} ({shown.id}): {session.text(f'actions.status.{shown.status}')}")
    for told in shown.told.values():
        line(f"  {told}")
    if shown.not_checked:
        line("  " + session.text("before_after.not_checked", what="; ".join(shown.not_checked)))


def _imported(session: "Session", found: "ActionsImport") -> None:
    line(session.text("actions.imported", n=len(found.rows), changed=found.changed, same=found.same, left=found.left))
    for row in found.rows:
        if row.reason not in {"changed", "same"}:
            why = session.text(f"actions.left.{row.reason}", given=row.given)
            line("  " + session.text("actions.left_row", row=str(row.line), why=why))


def _outcome(session: "Session", one: "Action") -> str | None:
    return None if one.verdict is None else session.text(f"actions.outcome.{one.verdict.word}")


def _fields(given: list[str] | None) -> dict[str, Any]:
    from desireline.errors import BadQuestion

    fields: dict[str, Any] = {}
    for one in given or []:
        name, sign, value = one.partition("=")
        if not sign:
            raise BadQuestion(parameter="--set", given=one[:100], expected="FIELD=VALUE")
        try:
            fields[name.strip()] = json.loads(value)
        except ValueError:
            fields[name.strip()] = value
    return fields


def _json(parameter: str, text: str | None) -> Any:
    from desireline.errors import BadQuestion

    if text is None:
        return None
    try:
        return json.loads(text)
    except ValueError:
        raise BadQuestion(parameter=parameter, given=text[:100], expected="JSON") from None


def _day(parameter: str, text: str | None) -> dt.date | None:
    from desireline.errors import BadQuestion

    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise BadQuestion(parameter=parameter, given=text[:100], expected="YYYY-MM-DD") from None
