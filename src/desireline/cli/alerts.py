"""Alerts: keep, list, check."""

from pathlib import Path
from typing import Annotated

import typer

from desireline.cli.dashboards import read_json
from desireline.cli.options import AsJson, session_of
from desireline.cli.output import line, print_json, table, when
from desireline.cli.progress import waiting

group = typer.Typer(name="alerts", help="What of a KPI is told to whom.", no_args_is_help=True)


@group.command("list")
def listed(context: typer.Context, as_json: AsJson = False) -> None:
    """List the alerts with how they stand."""
    session = session_of(context)
    found = session.workspace.alerts.all()
    if as_json:
        print_json({"alerts": [one.model_dump(mode="json") for one in found]})
        return
    if not found:
        line(session.text("alerts.none"))
        return
    rows = (
        (one.alert.name, session.text(f"alerts.state.{one.state.state if one.state else 'unchecked'}"),
         when(session, one.state.since if one.state else None), ", ".join(one.alert.to), one.alert.id)
        for one in found
    )  # fmt: skip
    table(session, ("alert", "state", "since", "to", "id"), rows)


@group.command()
def create(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE.json", help="name, kpi, rule, to, quiet and so on.")],
    as_json: AsJson = False,
) -> None:
    """Keep an alert that a file describes; the KPI by its id or its name."""
    session = session_of(context)
    given = read_json(file)
    if isinstance(given, dict) and isinstance(given.get("kpi"), str):
        given = {**given, "kpi": session.workspace.kpis.get(given["kpi"]).id}
    made = session.workspace.alerts.create(given)
    if as_json:
        print_json(made)
    else:
        line(session.text("alerts.created", name=made.name, id=made.id))


@group.command()
def check(context: typer.Context, as_json: AsJson = False) -> None:
    """Look at all active alerts now, and queue what began or is over; each is told once."""
    session = session_of(context)
    with waiting(session, "question"):
        found = session.workspace.alerts.check()
    if as_json:
        print_json(found)
        return
    names = {name: ", ".join(getattr(found, name)) or "–" for name in ("fired", "over", "unknown")}
    line(session.text("alerts.checked", checked=found.checked, **names))


@group.command()
def delete(
    context: typer.Context,
    alert: Annotated[str, typer.Argument(metavar="ALERT", help="Its id or its name.")],
    as_json: AsJson = False,
) -> None:
    """Delete one."""
    session = session_of(context)
    gone = session.workspace.alerts.remove(alert)
    if as_json:
        print_json({"deleted": gone.id})
    else:
        line(session.text("opportunities.deleted", title=gone.name))
