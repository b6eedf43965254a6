"""The targets of a KPI: those that held, and a new one."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.kpis import written
from desireline.cli.options import AsJson, session_of
from desireline.cli.output import day, line, print_json, table

if TYPE_CHECKING:
    import datetime as dt

    from desireline.cli.session import Session
    from desireline.model.kpi import KpiSeries


def target(
    context: typer.Context,
    kpi: Annotated[str, typer.Argument(metavar="KPI", help="Its id or its name.")],
    value: Annotated[float | None, typer.Argument(metavar="VALUE", help="Where it is to be from now on.")] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="YYYY-MM-DD", help="By when.")] = None,
    none: Annotated[bool, typer.Option("--none", help="Take the target away.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show which targets held on which days, after setting a new one where a value is given."""
    from desireline.errors import BadQuestion

    session = session_of(context)
    if (none and value is not None) or (by is not None and value is None):
        raise BadQuestion(parameter="VALUE", given=f"{value}", expected="VALUE, VALUE --by, --none")
    door = session.workspace.kpis
    if none or value is not None:
        new = None if none else {"value": value, "by": by}
        door.change(kpi, {"revision": door.get(kpi).revision, "target": new})
    kept = door.get(kpi)
    held = door.targets(kpi)
    if as_json:
        print_json({"kpi": kept.id, "target": kept.target, "targets": [one.model_dump(mode="json") for one in held]})
        return
    if not held:
        line(session.text("kpi.no_target"))
        return
    rows: list[tuple[Any, ...]] = [
        (day(session, one.since), None if one.until is None else day(session, one.until),
         written(session, one.value, door.unit(kpi)), None if one.by is None else day(session, one.by))
        for one in held
    ]  # fmt: skip
    table(session, ("since", "until", "target", "target_by"), rows)
    tell_past(session, kept.target.by if kept.target else None)


def tell_past(session: "Session", by: "dt.date | None") -> None:
    """Says so where the day of a target is over."""
    import datetime as dt

    if by is not None and by < dt.datetime.now(dt.UTC).date():
        line(session.text("kpi.target_past", day=day(session, by)))


def tell_target(session: "Session", found: "KpiSeries") -> None:
    """What is to be known of the target that a figure is held against: its day is over, another one holds now."""
    from desireline.model.kpi import Target

    one = next((one.other for one in found.comparisons if one.against == "target"), None)
    if not isinstance(one, Target):
        return
    if found.target_past:
        line("  " + session.text("kpi.target_past", day=day(session, one.by)))
    now = found.targets[-1] if found.targets else None
    if now is None or found.until >= now.since:
        return
    shown = written(session, now.value, found.figure.unit)
    same = (now.value, now.by) == (one.value, one.by)
    key = "kpi.target_later" if same else "kpi.target_then"
    line("  " + session.text(key, day=day(session, now.since), value=shown))
