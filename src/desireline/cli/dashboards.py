"""Dashboards: keep, list, show; the tree of goals; days of KPIs that stand out."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import day, line, print_json, share, table
from desireline.cli.progress import waiting

if TYPE_CHECKING:
    from desireline.cli.session import Session
    from desireline.model.dashboard import ShownTile
    from desireline.model.goal import GoalNode, KpiNode

group = typer.Typer(name="dashboard", help="KPIs as a team arranges them.", no_args_is_help=True)
goals = typer.Typer(name="goal", help="What is steered towards, and the KPIs under it.", no_args_is_help=True)


def read_json(file: Path) -> Any:
    """What a JSON file holds.

    Raises:
        FileMissing: it is not there.
        BadQuestion: it is no JSON.
    """
    import json

    from desireline.errors import BadQuestion, FileMissing

    if not file.is_file():
        raise FileMissing(str(file))
    try:
        return json.loads(file.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise BadQuestion(parameter="FILE", given=file.name, expected=f"JSON: {error}"[:200]) from None


@group.command("list")
def listed(context: typer.Context, as_json: AsJson = False) -> None:
    """List the dashboards."""
    session = session_of(context)
    found = session.workspace.dashboards.all()
    if as_json:
        print_json({"dashboards": [one.model_dump(mode="json") for one in found]})
    elif not found:
        line(session.text("dashboard.none"))
    else:
        table(session, ("dashboard", "tiles", "id"), ((one.name, len(one.tiles), one.id) for one in found))


@group.command()
def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")],
    kpi: Annotated[list[str] | None, typer.Option(metavar="KPI", help="One to show; repeat.")] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE.json", help="Tiles, window and segment instead.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Keep a dashboard: four tiles in a row, or as a file arranges them."""
    session = session_of(context)
    ids = [session.workspace.kpis.get(one).id for one in kpi or ()]
    tiles = [{"id": f"t{k + 1}", "kpi": one, "column": k % 4 * 3, "row": k // 4 * 2} for k, one in enumerate(ids)]
    asked: dict[str, Any] = {"tiles": tiles} if file is None else read_json(file)
    made = session.workspace.dashboards.create({**asked, "name": name})
    if as_json:
        print_json(made)
    else:
        line(f"{made.name} ({made.id})")


@group.command()
def show(
    context: typer.Context,
    dashboard: Annotated[str, typer.Argument(metavar="DASHBOARD", help="Its id or its name.")],
    since: Annotated[str | None, typer.Option("--since", metavar="YYYY-MM-DD", help="First day.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="YYYY-MM-DD", help="Last day.")] = None,
    by: Annotated[Literal["day", "week", "month"] | None, typer.Option("--by", help="Of the series.")] = None,
    segment: Annotated[str | None, typer.Option("--segment", help="Who counts: a saved segment.")] = None,
    against: Annotated[
        Literal["previous", "target"] | None, typer.Option("--against", help="What all are held against.")
    ] = None,
    versus: Annotated[str | None, typer.Option("--versus", help="A saved segment to hold all against.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show every figure with its interval, and what it is held against."""
    session = session_of(context)
    looked = {"since": since, "until": until, "by": by, "segment": segment, "versus": versus,
              "against": "segment" if versus else against}  # fmt: skip
    with waiting(session, "question"):
        found = session.workspace.dashboards.show(dashboard, session.language, **looked)
    if as_json:
        print_json(found)
        return
    table(session, ("kpi", "value", "compared"), (_row(session, one) for one in found.tiles))
    for note in found.annotations:
        line(f"{day(session, note.day)}: {note.name}")
    for odd in found.anomalies:
        line(_odd(session, odd))


@group.command()
def delete(
    context: typer.Context,
    dashboard: Annotated[str, typer.Argument(metavar="DASHBOARD", help="Its id or its name.")],
    as_json: AsJson = False,
) -> None:
    """Delete one; its KPIs stay."""
    session = session_of(context)
    gone = session.workspace.dashboards.remove(dashboard)
    if as_json:
        print_json({"deleted": gone.id})
    else:
        line(session.text("opportunities.deleted", title=gone.name))


def anomalies(
    context: typer.Context,
    kpi: Annotated[list[str] | None, typer.Option(metavar="KPI", help="One to look at, all if none; repeat.")] = None,
    since: Annotated[str | None, typer.Option("--since", metavar="YYYY-MM-DD", help="First day.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="YYYY-MM-DD", help="Last day.")] = None,
    false_alarms: Annotated[
        float, typer.Option("--false-alarms", help="The chance of any false alarm that is put up with.")
    ] = 0.05,
    as_json: AsJson = False,
) -> None:
    """Find days of KPIs that are not as their weekday and season let expect."""
    from desireline.model.kpi import KpiAsked
    from desireline.service.shelf import valid

    session = session_of(context)
    given = {name: value for name, value in (("since", since), ("until", until)) if value is not None}
    asked = valid(KpiAsked, given)
    with waiting(session, "question"):
        found = session.workspace.anomalies.look(kpi, since=asked.since, until=asked.until, false_alarms=false_alarms)
    if as_json:
        print_json(found)
        return
    for odd in found.found:
        line(_odd(session, odd))
    told = "anomalies.chance" if found.found else "anomalies.none"
    line(session.text(told, chance=share(session, found.false_alarms, 2)))


@goals.command("tree")
def tree(context: typer.Context, as_json: AsJson = False) -> None:
    """Show all goals with the KPIs under them."""
    session = session_of(context)
    found = session.workspace.goals.tree()
    if as_json:
        print_json(found)
        return
    if not found.goals and not found.loose:
        line(session.text("goals.none"))
    for one in found.goals:
        _goal(one, 0)
    for kpi in found.loose:
        _kpi(kpi, 0)


@goals.command("create")
def create_goal(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What it is called.")],
    under: Annotated[str | None, typer.Option("--under", metavar="GOAL", help="What it is a part of.")] = None,
    as_json: AsJson = False,
) -> None:
    """Keep a goal."""
    session = session_of(context)
    above = None if under is None else session.workspace.goals.get(under).id
    made = session.workspace.goals.create({"name": name, "under": above})
    if as_json:
        print_json(made)
    else:
        line(f"{made.name} ({made.id})")


def _goal(node: "GoalNode", depth: int) -> None:
    line("  " * depth + node.goal.name)
    for one in node.goals:
        _goal(one, depth + 1)
    for kpi in node.kpis:
        _kpi(kpi, depth + 1)


def _kpi(node: "KpiNode", depth: int) -> None:
    line("  " * depth + f"· {node.kpi.name}")
    for one in node.kpis:
        _kpi(one, depth + 1)


def _row(session: "Session", tile: "ShownTile") -> tuple[str, str | None, str | None]:
    from desireline.cli.kpis import compared, told

    if tile.series is None:
        return tile.tile.kpi, tile.message, None
    against = compared(session, tile.series, tile.comparison) if tile.comparison else None
    return tile.series.name, told(session, tile.series.figure), against


def _odd(session: "Session", one: Any) -> str:
    from desireline.cli.kpis import written
    from desireline.i18n import translate

    shown = {name: written(session, getattr(one, name), one.unit) for name in ("value", "expected")}
    return translate(session.language, "report.anomaly", day=day(session, one.day), kpi=one.name, **shown)
