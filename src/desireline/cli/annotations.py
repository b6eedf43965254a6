"""Annotations: what happened on a day, beside the figures of that time."""

from typing import Annotated, Any, Literal

import typer

from desireline.cli.options import AsJson, session_of
from desireline.cli.output import day, line, print_json, table

group = typer.Typer(name="annotations", help="What happened on a day, beside the figures.", no_args_is_help=True)

Since = Annotated[str | None, typer.Option("--since", metavar="YYYY-MM-DD", help="First day.")]
Until = Annotated[str | None, typer.Option("--until", metavar="YYYY-MM-DD", help="Last day.")]
Kpi = Annotated[list[str] | None, typer.Option("--kpi", metavar="KPI", help="Shown with it, with all if none; repeat.")]


@group.command("list")
def listed(
    context: typer.Context,
    since: Since = None,
    until: Until = None,
    kpi: Annotated[str | None, typer.Option("--kpi", metavar="KPI", help="Only those shown with it.")] = None,
    as_json: AsJson = False,
) -> None:
    """List them by day."""
    session = session_of(context)
    door = session.workspace.annotations
    found = door.between(since, until, None if kpi is None else session.workspace.kpis.get(kpi).id)
    if as_json:
        print_json({"annotations": [door.shown(one, session.language).model_dump(mode="json") for one in found]})
    elif not found:
        line(session.text("annotations.none"))
    else:
        rows = (
            (day(session, one.day), None if one.until is None else day(session, one.until),
             session.text(f"annotations.kind.{one.kind}"), one.name, one.id)
            for one in found
        )  # fmt: skip
        table(session, ("day", "until", "kind", "annotation", "id"), rows)


@group.command()
def create(
    context: typer.Context,
    name: Annotated[str, typer.Argument(metavar="NAME", help="What happened.")],
    on: Annotated[str, typer.Argument(metavar="YYYY-MM-DD", help="On which day, or from which day on.")],
    kind: Annotated[Literal["release", "campaign", "holiday"], typer.Option("--kind", help="Of what.")] = "release",
    until: Until = None,
    kpi: Kpi = None,
    description: Annotated[str, typer.Option("--description", help="More about it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Note what happened."""
    session = session_of(context)
    kpis = [session.workspace.kpis.get(one).id for one in kpi or ()]
    asked: dict[str, Any] = {"name": name, "kind": kind, "day": on, "until": until, "kpis": kpis}
    made = session.workspace.annotations.create({**asked, "description": description})
    if as_json:
        print_json(made)
    else:
        line(session.text("annotations.created", name=made.name, id=made.id))


@group.command()
def delete(
    context: typer.Context,
    annotation: Annotated[str, typer.Argument(metavar="ANNOTATION", help="Its id or its name.")],
    as_json: AsJson = False,
) -> None:
    """Forget one."""
    session = session_of(context)
    gone = session.workspace.annotations.remove(annotation)
    if as_json:
        print_json({"deleted": gone.id})
    else:
        line(session.text("opportunities.deleted", title=gone.name))
